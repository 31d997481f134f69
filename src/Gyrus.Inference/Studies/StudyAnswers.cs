using Gyrus.Imaging.Labels;
using Gyrus.Models.Trust;

namespace Gyrus.Inference.Studies;

/// <summary>A slice of a series with its answer.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Result">What the model says of it.</param>
public sealed record SliceAnswer(SeriesSlice Slice, ScanResult Result)
{
    /// <summary>Whether it shows the vertex or the neck, by the head's cross-section: see <see cref="SeriesPooling.LeastCrossSection"/>.</summary>
    public bool IsEnd { get; init; }

    /// <summary>Whether it counts for its series: a head that the model can say something about, however unsure, and not an end of it.</summary>
    public bool Counts => !IsEnd && Result.Tumour is not null && (Result.Accepted || Result.IsUnsure);
}

/// <summary>What the model says of a series.</summary>
/// <param name="Stack">The series.</param>
/// <param name="Slices">Its slices, in order; none where it was left out.</param>
public sealed record SeriesAnswer(SliceSeries Stack, IReadOnlyList<SliceAnswer> Slices)
{
    /// <summary>The log-odds of a tumour, calibrated; null where no slice counts.</summary>
    public double? LogOdds { get; init; }

    /// <summary>The probability of a tumour, 0 to 1; null likewise.</summary>
    public double? Tumour => LogOdds is { } odds ? 1 / (1 + Math.Exp(-odds)) : null;

    /// <summary>Whether a tumour is called; null likewise.</summary>
    public bool? IsTumour => Tumour is { } probability ? probability >= PooledTrust.Threshold : null;

    /// <summary>Why the answer is not accepted, as a sentence; null where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it is.</summary>
    public bool Accepted => Tumour is not null && Reason is null;

    /// <summary>The slices that the answer rests on: those of the place with the highest odds, the highest first.</summary>
    public IReadOnlyList<SliceAnswer> Carrying { get; init; } = [];

    /// <summary>The modality that the slices look to be of; null where none counts or labels do not tell.</summary>
    public Modality? Modality { get; init; }

    /// <summary>The sequence that the slices look to be of; empty where the model's package does not tell.</summary>
    public string Sequence { get; init; } = "";

    /// <summary>The type of tumour that most of <see cref="Carrying"/> are given, where a tumour is called; null where none is.</summary>
    public ScanLabel? Type => IsTumour != true ? null : Carrying.Select(slice => slice.Result.Type).OfType<ScanLabel>()
        .GroupBy(type => type).MaxBy(types => types.Count())?.Key;
}

/// <summary>What the model says of a study.</summary>
/// <param name="Uid">Names it.</param>
/// <param name="Path">Its first file.</param>
/// <param name="Series">Its series, those that were left out too.</param>
public sealed record StudyAnswer(string Uid, string Path, IReadOnlyList<SeriesAnswer> Series)
{
    /// <summary>The probability of a tumour, 0 to 1, of the series that were accepted; null where none was.</summary>
    public double? Tumour { get; init; }

    /// <summary>Whether a tumour is called; null likewise.</summary>
    public bool? IsTumour => Tumour is { } probability ? probability >= PooledTrust.Threshold : null;

    /// <summary>Why there is no answer, as a sentence; null where there is.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether there is.</summary>
    public bool Accepted => Tumour is not null && Reason is null;
}
