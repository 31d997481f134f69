using System.Text.Json.Serialization;
using Gyrus.Evaluation.Figures;

namespace Gyrus.Evaluation.Reports;

/// <summary>How good a model is on scans whose labels are known.</summary>
/// <param name="FormatVersion">The version of this layout in JSON; <see cref="CurrentFormatVersion"/> is
/// written.</param>
/// <param name="Count">How many scans were evaluated.</param>
/// <param name="Distinct">How many of them have content of their own: byte-for-byte copies count once.</param>
/// <param name="Leaked">Which of them the model was trained on, or on copies of.</param>
/// <param name="Settings">How the figures were made.</param>
/// <param name="Overall">Figures over all labels: <see cref="OverallFigures"/>.</param>
/// <param name="Tumour">Figures of tumour against healthy: <see cref="BinaryFigures"/>.</param>
/// <param name="Labels">Figures of each label, in the order of the model's.</param>
/// <param name="Confusion">[L, L]: row is truth, column is the most probable label, in the order of
/// <paramref name="Labels"/>.</param>
public sealed record EvaluationReport(
    int FormatVersion,
    int Count,
    int Distinct,
    LeakedScans Leaked,
    EvaluationSettings Settings,
    FigureSet Overall,
    FigureSet Tumour,
    IReadOnlyList<LabelResult> Labels,
    IReadOnlyList<IReadOnlyList<int>> Confusion)
{
    /// <summary>The layout's version that this code writes.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>How calibration, threshold and conformal sets that were learnt on validation hold; null where none
    /// were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TrustReport? Trust { get; init; }

    /// <summary>The figures apart for each value of the columns that were asked for; null where none were.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ColumnFigures>? By { get; init; }

    /// <summary>The figures within and across sources, of a study whose folds are sources; null of any other.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SourceComparison? AcrossSources { get; init; }

    /// <summary>How much is accepted, and how much of that is wrong: <see cref="SelectiveFigures"/>; null in reports from before they were
    /// measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FigureSet? Selective { get; init; }

    /// <summary>Whether heat maps point at lesions: <see cref="LesionFigures"/>; null where it was not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FigureSet? Lesions { get; init; }

    /// <summary>How series and studies are answered; null where the model says nothing of them, or the data names no patients.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StudyReport? Studies { get; init; }

    /// <summary>The figures of the label that was asked for against all others; null where none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PositiveResult? Positive { get; init; }

    /// <summary>What a reader must know of the scans: labels that none has, folds of one kind alone; null where there is
    /// nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>Whether a scan is among the training images, so that the figures are no measure of new scans.</summary>
    public bool IsLeaked => Leaked.Count > 0;
}

/// <summary>The evaluated scans that are among the images that the model was trained on.</summary>
/// <param name="Count">How many.</param>
/// <param name="Paths">Which, in ordinal order.</param>
public sealed record LeakedScans(int Count, IReadOnlyList<string> Paths);

/// <summary>The figures of one label.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Count">How many scans have it.</param>
/// <param name="Figures">Those of <see cref="LabelFigures"/>.</param>
[JsonConverter(typeof(LabelResultConverter))]
public sealed record LabelResult(string Label, int Count, FigureSet Figures);

/// <summary>The figures of one label against all others, as of a finding that is no tumour.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Figures">Those of <see cref="BinaryFigures"/>.</param>
public sealed record PositiveResult(string Label, FigureSet Figures);

internal sealed class LabelResultConverter() : CountedFiguresConverter<LabelResult>("label", (label, count, figures) => new(label, count, figures))
{
    protected override (string Whose, int Count, FigureSet Figures) Parts(LabelResult value) => (value.Label, value.Count, value.Figures);
}
