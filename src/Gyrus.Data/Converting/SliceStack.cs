using Gyrus.Dicom.Series;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Converting;

/// <summary>One image of a series, not read yet.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Which of the file's images, from 0; null where it has one.</param>
/// <param name="Along">Millimetres through the head; null where it is not known.</param>
/// <param name="Spacing">Millimetres from row to row and from column to column; null where they are not known.</param>
/// <param name="Values">Reads it in the units of its modality; null where its pixels are colours. Throws <see cref="Gyrus.Dicom.DicomException"/>.</param>
/// <param name="Displayed">Reads it as it is displayed. Throws <see cref="ScanException"/>.</param>
internal sealed record StackSlice(string Path, int? Frame, double? Along, (double Row, double Column)? Spacing, Func<GreySlice?> Values, Func<Scan> Displayed)
{
    /// <summary>The object's number in its series; null where there is none.</summary>
    public int? Number { get; init; }
}

/// <summary>Slices that lie parallel to each other, in order: a DICOM series, or a volume cut in a plane.</summary>
/// <param name="Slices">One or more.</param>
/// <param name="Name">What its files may be called: letters, digits, - and _.</param>
/// <param name="StudyUid">Names the study; empty for a volume, which is of none.</param>
/// <param name="Size">Pixels across and down.</param>
/// <param name="Grid">Where its voxels lie, or why it is no volume, as the end of a sentence.</param>
internal sealed record SliceStack(IReadOnlyList<StackSlice> Slices, string Name, string StudyUid, (int Columns, int Rows) Size, (SeriesGrid? Grid, string? Fault) Grid)
{
    /// <summary>Why it has no images, as the end of a sentence; null where it has.</summary>
    public string? LeftOut { get; init; }

    /// <summary>The number of the series in its study; null where there is none.</summary>
    public int? Number { get; init; }

    /// <summary>The series in words.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>CT</c>, <c>MR</c> and others; empty where it is not known.</summary>
    public string Modality { get; init; } = "";

    /// <summary>The plane; empty where it is not known.</summary>
    public string Plane { get; init; } = "";

    /// <summary>What became of it, before anything did.</summary>
    public ConvertedSeries Result => new(Slices[0].Path, Slices.Count) { Number = Number, Description = Description, Modality = Modality, Plane = Plane };
}
