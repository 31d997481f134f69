using System.ComponentModel;

namespace Gyrus.Server.Contracts;

// Answers are written by hand (AnswerJson), with six decimals. These records are for the API's description alone; a test
// compares their fields with those of real answers.

/// <summary>What is answered of an image.</summary>
[Description("What the network sees in an image. A file that cannot be read has `error` in place of all else.")]
internal record ImageAnswer
{
    [Description("The most probable label.")]
    public string? Label { get; init; }

    [Description("The labels and their calibrated probabilities, together 1.")]
    public IReadOnlyDictionary<string, double>? Probabilities { get; init; }

    [Description("Calibrated probability of a tumour, 0 to 1; null, as are threshold and verdict, where the model's labels do not tell tumours from the healthy.")]
    public double? Tumour { get; init; }

    [Description("`ct` or `mri`; null where the labels say neither.")]
    public string? Modality { get; init; }

    [Description("The probability from which an image is called a tumour.")]
    public double? Threshold { get; init; }

    [Description("`tumour` or `healthy`.")]
    public string? Verdict { get; init; }

    [Description("The most probable type of tumour; null where there is none to tell.")]
    public string? Type { get; init; }

    [Description("The conformal set: labels that cannot be ruled out.")]
    public IReadOnlyList<string>? Set { get; init; }

    [Description("False where the image is not like those that the model can answer for.")]
    public bool? Accepted { get; init; }

    [Description("Why it was not accepted.")]
    public string? Reason { get; init; }

    [Description("How many tumours and heads without one the model got right among images made like this one that were kept from its training, a sentence; null where that is not known, or the image was not accepted.")]
    public string? Worth { get; init; }

    [Description("Why the file could not be read.")]
    public string? Error { get; init; }
}

/// <summary>The answer to an image of a request.</summary>
internal sealed record ClassifiedImage : ImageAnswer
{
    [Description("What the record has it by.")]
    public required string Id { get; init; }

    [Description("The file's name, without folders.")]
    public required string Path { get; init; }

    [Description("With `?heatmap=true`: a PNG as a data address.")]
    public string? Heatmap { get; init; }

    [Description("With `?heatmap=true`: width and height of the scan at the picture's upper left.")]
    public IReadOnlyList<int>? HeatmapScan { get; init; }

    [Description("With `?heatmap=true`: the label that the picture is of, red speaking for it and blue against; absent where it is of a tumour.")]
    public string? HeatmapLabel { get; init; }
}

/// <summary>The answers to a form.</summary>
internal sealed record ClassifiedImages
{
    [Description("One for each file, in order.")]
    public required IReadOnlyList<ClassifiedImage> Results { get; init; }
}

/// <summary>A result of the record.</summary>
internal sealed record KeptResult
{
    public required string Id { get; init; }

    public required DateTimeOffset Time { get; init; }

    [Description("SHA-256 of the image file.")]
    public required string Sha256 { get; init; }

    [Description("Name and version of the model.")]
    public required string Model { get; init; }

    [Description("Name of the caller's key.")]
    public string? Key { get; init; }

    [Description("Whether the image file is kept.")]
    public required bool Image { get; init; }

    public required ImageAnswer Answer { get; init; }
}

/// <summary>A page of the record.</summary>
internal sealed record ResultPage
{
    public required IReadOnlyList<KeptResult> Results { get; init; }

    [Description("What to give as `before` for the page that follows; null on the last.")]
    public string? Next { get; init; }
}
