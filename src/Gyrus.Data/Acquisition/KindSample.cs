namespace Gyrus.Data.Acquisition;

/// <summary>An image whose kind is to be found.</summary>
/// <param name="Path">Names it.</param>
/// <param name="Label">Its label; null where it has none.</param>
/// <param name="Sequence">Its sequence where the data set says it, else empty.</param>
/// <param name="Plane">Its plane where the data set says it, else empty.</param>
/// <param name="Columns">[<see cref="Gyrus.Imaging.Acquisition.AcquisitionColumns.Count"/>] of it.</param>
public sealed record KindSample(string Path, string? Label, string Sequence, string Plane, float[] Columns)
{
    /// <summary>The group of images that it is of, such as a patient or copies of one scan; empty where it stands for itself.</summary>
    public string Group { get; init; } = "";

    /// <summary>Its group, and where it has none, what no other has.</summary>
    public string GroupOrSelf => Group.Length > 0 ? Group : Path;

    /// <summary>Whether the sequence is said.</summary>
    internal bool SequenceIsKnown => IsKnown(Sequence);

    /// <summary>Whether the plane is said.</summary>
    internal bool PlaneIsKnown => IsKnown(Plane);

    /// <summary>Sequence and plane, as far as they are said.</summary>
    internal string Name => PlaneIsKnown ? $"{Sequence}, {Plane}" : Sequence;

    private static bool IsKnown(string value) => value.Length > 0 && value != "unknown";
}
