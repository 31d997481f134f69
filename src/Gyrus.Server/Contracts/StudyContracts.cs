using System.ComponentModel;

namespace Gyrus.Server.Contracts;

// As AnswerContracts: for the API's description alone.

/// <summary>The answers to the studies of a form.</summary>
internal sealed record ClassifiedStudies
{
    public required IReadOnlyList<ClassifiedStudy> Studies { get; init; }

    [Description("Files that are neither DICOM nor NIfTI.")]
    public required IReadOnlyList<string> Others { get; init; }

    [Description("Images that were there already and are left out.")]
    public required int Duplicates { get; init; }

    [Description("What is wrong with files that cannot be read, a sentence each.")]
    public required IReadOnlyList<string> Faults { get; init; }
}

/// <summary>What is answered of a study, or of a series.</summary>
internal abstract record PooledAnswer
{
    [Description("The first file, by the name that it was sent under.")]
    public required string Path { get; init; }

    [Description("The study's UID; of a NIfTI volume its file.")]
    public required string Study { get; init; }

    [Description("Calibrated probability of a tumour, 0 to 1, of all images together; null where none counts.")]
    public double? Tumour { get; init; }

    public required double Threshold { get; init; }

    [Description("`tumour` or `healthy`; null where none counts.")]
    public string? Verdict { get; init; }

    [Description("Whether the answer means anything.")]
    public required bool Accepted { get; init; }

    [Description("Why not.")]
    public string? Reason { get; init; }
}

/// <summary>The answer to a study.</summary>
internal sealed record ClassifiedStudy : PooledAnswer
{
    [Description("The answers to its series, those that were left out too.")]
    public required IReadOnlyList<ClassifiedSeries> Series { get; init; }
}

/// <summary>The answer to a series.</summary>
internal sealed record ClassifiedSeries : PooledAnswer
{
    [Description("The series' UID; of a NIfTI volume the file and the plane.")]
    public required string Series { get; init; }

    public required string Description { get; init; }

    [Description("`ct` or `mr`, as the attributes say; empty where they do not.")]
    public required string Modality { get; init; }

    [Description("What the images look to be of.")]
    public required string ModalitySeen { get; init; }

    [Description("`t1`, `t1c`, `t2`, `flair` or `pd`, as the attributes say; empty where they do not.")]
    public required string Sequence { get; init; }

    [Description("What the images look to be of.")]
    public required string SequenceSeen { get; init; }

    [Description("`axial`, `coronal`, `sagittal` or `oblique`; empty where it is not known.")]
    public required string Plane { get; init; }

    [Description("Millimetres from slice to slice.")]
    public double? Spacing { get; init; }

    [Description("Images of the series.")]
    public required int Slices { get; init; }

    [Description("Images that count for the answer.")]
    public required int Counted { get; init; }

    [Description("The most probable type of tumour; null where there is none to tell.")]
    public string? Type { get; init; }

    [Description("The slices that the answer rests on, the most probable first.")]
    public required IReadOnlyList<CarryingSlice> Carrying { get; init; }

    [Description("An answer for each slice, in order through the head.")]
    public required IReadOnlyList<SliceAnswered> Answers { get; init; }

    [Description("With `?heatmap=true`: the end of the range of the series' heat maps, of round numbers, in log-odds.")]
    public double? HeatmapLimit { get; init; }
}

/// <summary>A slice that an answer rests on.</summary>
internal sealed record CarryingSlice
{
    public required string Path { get; init; }

    public int? Frame { get; init; }

    public required double Tumour { get; init; }
}

/// <summary>The answer to a slice.</summary>
internal sealed record SliceAnswered
{
    [Description("The number of its file in the form, from 0.")]
    public required int File { get; init; }

    public required string Path { get; init; }

    [Description("Which image of the file, from 1; null where it has one.")]
    public int? Frame { get; init; }

    [Description("Calibrated probability of a tumour, 0 to 1; it means nothing where the slice does not count.")]
    public double? Tumour { get; init; }

    [Description("Whether the answer means anything by itself.")]
    public required bool Accepted { get; init; }

    [Description("Whether it counts for the series: a head that the model can say something about, however unsure.")]
    public required bool Counts { get; init; }

    [Description("Why it is not accepted, or could not be read.")]
    public string? Reason { get; init; }

    [Description("With `?heatmap=true`: where the answer comes from.")]
    public SliceEvidence? Heatmap { get; init; }
}

/// <summary>Cells of evidence for a tumour.</summary>
internal sealed record SliceEvidence
{
    [Description("Cells across.")]
    public required int Width { get; init; }

    [Description("Cells down.")]
    public required int Height { get; init; }

    [Description("Left, top, width and height of the part of the image that the cells tile, in shares of its sides; it may reach beyond.")]
    public required IReadOnlyList<double> Area { get; init; }

    [Description("Row by row, in log-odds: positive speaks for a tumour, negative against it.")]
    public required IReadOnlyList<double> Values { get; init; }
}
