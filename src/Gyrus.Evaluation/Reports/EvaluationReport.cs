using System.Text.Json.Serialization;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Reports;

/// <summary>How good a model is on scans whose labels are known.</summary>
/// <param name="FormatVersion">The version of this layout in JSON; <see cref="CurrentFormatVersion"/> is
/// written.</param>
/// <param name="Count">How many scans were evaluated.</param>
/// <param name="Distinct">How many of them have content of their own: byte-for-byte copies count once.</param>
/// <param name="Leaked">Which of them the model was trained on, or on copies of.</param>
/// <param name="Settings">How the figures were made.</param>
/// <param name="Overall">Figures over all labels.</param>
/// <param name="Tumour">Figures of tumour against healthy.</param>
/// <param name="Labels">Figures of each label, in the order of the model's.</param>
/// <param name="Confusion">[L, L]: row is truth, column is the most probable label, in the order of
/// <paramref name="Labels"/>.</param>
public sealed record EvaluationReport(
    int FormatVersion,
    int Count,
    int Distinct,
    LeakedScans Leaked,
    EvaluationSettings Settings,
    OverallFigures Overall,
    TumourFigures Tumour,
    IReadOnlyList<LabelFigures> Labels,
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

/// <summary>How the figures of a report were made.</summary>
/// <param name="TumourThreshold">The smallest tumour probability that is called tumour.</param>
/// <param name="CalibrationBins">Bins of equal mass in the expected calibration errors.</param>
/// <param name="Resamples">Bootstrap resamples behind each interval.</param>
/// <param name="Level">The share that each interval covers.</param>
/// <param name="Seed">The seed of the resamples.</param>
/// <param name="Groups">How many groups were drawn from; as many as scans where each stands for itself.</param>
public sealed record EvaluationSettings(
    double TumourThreshold, int CalibrationBins, int Resamples, double Level, int Seed, int Groups);

/// <summary>Figures over all labels.</summary>
/// <param name="Accuracy">The share of scans whose most probable label is the truth.</param>
/// <param name="MacroF1">The plain mean of the labels' F1.</param>
/// <param name="TypeAccuracy">Of the MRI scans with a typed tumour (glioma, meningioma, pituitary), the share where the
/// truth is the most probable of the three.</param>
/// <param name="ModalityAccuracy">The share of scans whose modality is that of the more probable modality, CT on a
/// tie.</param>
/// <param name="LogLoss">The mean log loss in nats, 0 to about 15.9.</param>
/// <param name="Brier">The mean Brier score over all labels, 0 to 2.</param>
/// <param name="CalibrationError">The expected calibration error of the most probable label's probability.</param>
public sealed record OverallFigures(
    Figure Accuracy,
    Figure MacroF1,
    Figure TypeAccuracy,
    Figure ModalityAccuracy,
    Figure LogLoss,
    Figure Brier,
    Figure CalibrationError);

/// <summary>Figures of tumour against healthy, by the summed probability of the tumour labels.</summary>
/// <param name="Auroc">The area under the ROC curve.</param>
/// <param name="Sensitivity">The share of tumours called tumour.</param>
/// <param name="Specificity">The share of healthy scans called healthy.</param>
/// <param name="Accuracy">The share of right decisions.</param>
/// <param name="CalibrationError">The expected calibration error of the tumour probability.</param>
public sealed record TumourFigures(
    Figure Auroc, Figure Sensitivity, Figure Specificity, Figure Accuracy, Figure CalibrationError);

/// <summary>Figures of one label.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Count">How many scans have it.</param>
/// <param name="Precision">Of the scans given it, the share that have it.</param>
/// <param name="Recall">Of the scans that have it, the share given it.</param>
/// <param name="F1">The harmonic mean of precision and recall.</param>
/// <param name="Auroc">The area under the ROC curve of this label against the rest.</param>
public sealed record LabelFigures(
    string Label, int Count, Figure Precision, Figure Recall, Figure F1, Figure Auroc);
