using Gyrus.Data.Manifests;

namespace Gyrus.Data.Examining;

/// <summary>An image of a source, before it is read.</summary>
/// <param name="Path">As it stands in the manifest or CSV file, or relative to the folder or zip.</param>
/// <param name="FullPath">The absolute path of its file.</param>
/// <param name="Label">Its label; null where the source gives none.</param>
/// <param name="Split">The part that the source puts it in.</param>
public sealed record SourceImage(string Path, string FullPath, string? Label, Split Split)
{
    /// <summary>What the source says of the person and of how the image was made.</summary>
    public ImageOrigin Origin { get; init; } = ImageOrigin.Unknown;
}

/// <summary>What a source says of an image beyond its label; each is empty where it says nothing.</summary>
/// <param name="Patient">The person, by source and number.</param>
/// <param name="Sequence">The sequence, as <see cref="KnownColumns.Sequence"/> has it.</param>
/// <param name="Plane">The plane, as <see cref="KnownColumns.Plane"/> has it.</param>
public sealed record ImageOrigin(string Patient, string Sequence, string Plane)
{
    /// <summary>Of an image of which nothing more is said.</summary>
    public static ImageOrigin Unknown { get; } = new("", "", "");
}
