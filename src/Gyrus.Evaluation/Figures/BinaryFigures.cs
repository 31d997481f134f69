using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Figures;

/// <summary>The figures of one kind of scans against the others: of tumours against the healthy, by the summed probability of the tumour
/// labels, or of a label that is asked for.</summary>
public static class BinaryFigures
{
    /// <summary>The area under the ROC curve.</summary>
    public static FigureDefinition<BinaryScans> Auroc { get; } = new("auroc", "AUROC", scans =>
    {
        var ranking = new Ranking(scans.Scores, scans.Positives);
        return resample => ranking.Auroc(resample.Weights);
    })
    { CardName = "AUROC", ColumnName = "tumourAuroc" };

    /// <summary>The share of tumours called tumour.</summary>
    public static FigureDefinition<BinaryScans> Sensitivity { get; } =
        Counted("sensitivity", "sensitivity", counts => counts.Sensitivity) with { CardName = "sensitivity", ColumnName = "tumourSensitivity" };

    /// <summary>The share of healthy scans called healthy.</summary>
    public static FigureDefinition<BinaryScans> Specificity { get; } =
        Counted("specificity", "specificity", counts => counts.Specificity) with { CardName = "specificity", ColumnName = "tumourSpecificity" };

    /// <summary>The share of right decisions.</summary>
    public static FigureDefinition<BinaryScans> Accuracy { get; } = Counted("accuracy", "accuracy", counts => counts.Accuracy) with
    {
        CardName = "accuracy",
        ColumnName = "tumourAccuracy",
        ColumnTitle = "tumour accuracy",
    };

    /// <summary>The mean of sensitivity and specificity, which does not depend on how many of the scans show a tumour: Brodersen et al. 2010, "The
    /// balanced accuracy and its posterior distribution". Not defined on scans of one kind.</summary>
    public static FigureDefinition<BinaryScans> BalancedAccuracy { get; } =
        Counted("balancedAccuracy", "balanced accuracy", counts => (counts.Sensitivity + counts.Specificity) / 2) with
        {
            CardName = "balanced accuracy",
            ColumnName = "tumourBalancedAccuracy",
        };

    /// <summary>The expected calibration error of the probability.</summary>
    public static FigureDefinition<BinaryScans> CalibrationError { get; } = new("calibrationError", "calibration error (ECE)", scans =>
    {
        var calibration = new Calibration(scans.Scores, scans.Positives);
        return resample => calibration.ExpectedError(scans.Options.CalibrationBins, resample.Weights);
    })
    { CardName = "expected calibration error" };

    /// <summary>The area under the precision-recall curve, as average precision.</summary>
    public static FigureDefinition<BinaryScans> AveragePrecision { get; } = new("averagePrecision", "average precision", scans =>
    {
        var ranking = new Ranking(scans.Scores, scans.Positives);
        return resample => ranking.AveragePrecision(resample.Weights);
    });

    /// <summary>The share of tumours among what is called tumour, with as many tumours as these scans have.</summary>
    public static FigureDefinition<BinaryScans> PositivePredictiveValue { get; } =
        Counted("positivePredictiveValue", "positive predictive value", counts => counts.PositivePredictiveValue);

    /// <summary>The share of healthy scans among what is called healthy, with as many tumours as these scans have.</summary>
    public static FigureDefinition<BinaryScans> NegativePredictiveValue { get; } =
        Counted("negativePredictiveValue", "negative predictive value", counts => counts.NegativePredictiveValue);

    /// <summary>The largest sensitivity at a threshold with at least the specificity that is asked for on these very scans.</summary>
    public static FigureDefinition<BinaryScans> SensitivityAtSpecificity { get; } =
        new("sensitivityAtSpecificity", "sensitivity at specificity", scans =>
        {
            var ranking = new Ranking(scans.Scores, scans.Positives);
            return resample => ranking.SensitivityAt(scans.Options.AtSpecificity, resample.Weights);
        })
        { At = settings => settings.AtSpecificity };

    /// <summary>The largest specificity at a threshold with at least the sensitivity that is asked for on these very scans.</summary>
    public static FigureDefinition<BinaryScans> SpecificityAtSensitivity { get; } =
        new("specificityAtSensitivity", "specificity at sensitivity", scans =>
        {
            var ranking = new Ranking(scans.Scores, scans.Positives);
            return resample => ranking.SpecificityAt(scans.Options.AtSensitivity, resample.Weights);
        })
        { At = settings => settings.AtSensitivity };

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<FigureDefinition<BinaryScans>> All { get; } =
    [
        Auroc, Sensitivity, Specificity, Accuracy, BalancedAccuracy, CalibrationError, AveragePrecision, PositivePredictiveValue, NegativePredictiveValue,
        SensitivityAtSpecificity, SpecificityAtSensitivity,
    ];

    private static FigureDefinition<BinaryScans> Counted(string name, string title, Func<BinaryCounts, double?> share) => new(
        name, title, scans => resample => share(BinaryCounts.At(scans.Scores, scans.Positives, scans.Threshold, resample.Weights)));
}
