using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging.Labels;

namespace Gyrus.Evaluation.Figures;

/// <summary>The figures over all labels.</summary>
public static class OverallFigures
{
    /// <summary>The share of scans whose most probable label is the truth.</summary>
    public static FigureDefinition<EvaluatedScans> Accuracy { get; } =
        new("accuracy", "accuracy", _ => resample => ConfusionMatrix.Accuracy(resample.Confusion))
        {
            CardName = "accuracy, all labels",
            ColumnName = "accuracy",
        };

    /// <summary>The plain mean of the labels' F1.</summary>
    public static FigureDefinition<EvaluatedScans> MacroF1 { get; } =
        new("macroF1", "macro F1", _ => resample => ConfusionMatrix.MacroF1(resample.Confusion)) { CardName = "macro F1" };

    /// <summary>Of the scans with a typed tumour (of the published labels glioma, meningioma and pituitary), the share where the truth is
    /// the most probable of the types of its modality.</summary>
    public static FigureDefinition<EvaluatedScans> TypeAccuracy { get; } =
        Mean("typeAccuracy", "type of tumour", TypeRight) with { CardName = "accuracy, type of tumour", ColumnName = "typeAccuracy" };

    /// <summary>The share of scans whose modality is that of the more probable modality, CT on a tie.</summary>
    public static FigureDefinition<EvaluatedScans> ModalityAccuracy { get; } =
        Mean("modalityAccuracy", "modality", ModalityRight) with { CardName = "accuracy, modality" };

    /// <summary>The mean log loss in nats, 0 to about 15.9.</summary>
    public static FigureDefinition<EvaluatedScans> LogLoss { get; } =
        Mean("logLoss", "log loss", scan => ProbabilityScores.LogLoss(scan.Probabilities, scan.Truth)) with { Most = 16 };

    /// <summary>The mean Brier score over all labels, 0 to 2.</summary>
    public static FigureDefinition<EvaluatedScans> Brier { get; } =
        Mean("brier", "Brier score", scan => ProbabilityScores.Brier(scan.Probabilities, scan.Truth)) with { Most = 2.001 };

    /// <summary>The expected calibration error of the most probable label's probability.</summary>
    public static FigureDefinition<EvaluatedScans> CalibrationError { get; } = new("calibrationError", "calibration error (ECE)", scans =>
    {
        var calibration = new Calibration(
            [.. scans.Scans.Select(scan => (double)scan.Probabilities.Max())], [.. scans.Scans.Select(scan => scan.Answer() == scan.Truth)]);
        return resample => calibration.ExpectedError(scans.Options.CalibrationBins, resample.Weights);
    });

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<FigureDefinition<EvaluatedScans>> All { get; } =
        [Accuracy, MacroF1, TypeAccuracy, ModalityAccuracy, LogLoss, Brier, CalibrationError];

    private static FigureDefinition<EvaluatedScans> Mean(string name, string title, Func<ScoredScan, double> value) => new(name, title, scans =>
    {
        double[] values = [.. scans.Scans.Select(value)];
        return resample => resample.Mean(values);
    });

    private static double TypeRight(ScoredScan scan)
    {
        var labels = scan.Labels;
        int[] types = [.. labels.Types.Where(type => labels[type].Modality == labels[scan.Truth].Modality)];
        int truth = Array.IndexOf(types, scan.Truth);
        if (truth < 0) return double.NaN;
        float[] probabilities = [.. types.Select(type => scan.Probabilities[type])];
        return ScoredScan.LargestOf(probabilities) == truth ? 1 : 0;
    }

    private static double ModalityRight(ScoredScan scan)
    {
        var labels = scan.Labels;
        if (!labels.TellsModality) return double.NaN;
        double ct = 0;
        double mri = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i].Modality == Modality.Ct) ct += scan.Probabilities[i];
            else mri += scan.Probabilities[i];
        }
        return (ct >= mri ? Modality.Ct : Modality.Mri) == labels[scan.Truth].Modality ? 1 : 0;
    }
}
