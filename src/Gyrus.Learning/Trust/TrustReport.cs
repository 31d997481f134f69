using Gyrus.Imaging;
using Gyrus.Package;

namespace Gyrus.Learning.Trust;

/// <summary>How far trust that was learnt on validation holds on other images.</summary>
/// <param name="Images">Images that it was measured on.</param>
/// <param name="CalibrationErrorBefore">Expected calibration error of the tumour probability before calibration, 15
/// bins of equal mass.</param>
/// <param name="CalibrationErrorAfter">The same after it.</param>
/// <param name="Sensitivity">Share of tumours called so at the chosen threshold.</param>
/// <param name="Specificity">Share of healthy images called so at it.</param>
/// <param name="SensitivityAtSpecificity">Sensitivity where the specificity on these images is at least 0.98.</param>
/// <param name="Coverage">Share of images whose conformal set holds their label.</param>
/// <param name="SetSize">Mean number of labels in a set.</param>
/// <param name="EmptySets">Share of images whose set is empty.</param>
/// <param name="Labels">Coverage of each label.</param>
public sealed record TrustReport(
    int Images,
    double CalibrationErrorBefore,
    double CalibrationErrorAfter,
    double? Sensitivity,
    double? Specificity,
    double? SensitivityAtSpecificity,
    double Coverage,
    double SetSize,
    double EmptySets,
    IReadOnlyList<LabelCoverage> Labels)
{
    /// <summary>The specificity of <see cref="SensitivityAtSpecificity"/>.</summary>
    public const double FixedSpecificity = 0.98;

    /// <summary>Measures.</summary>
    /// <param name="answers">Images with the network's own probabilities, each with the settings learnt without
    /// it.</param>
    public static TrustReport Of(IReadOnlyList<(ScoredScan Scan, TrustSettings Trust)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        bool[] tumours = [.. answers.Select(answer => ScanLabel.All[answer.Scan.Truth].IsTumour)];
        List<ScoredScan> calibrated = [.. answers.Select(a => TemperatureFit.At(a.Scan, a.Trust.Temperature))];
        double[] before = [.. answers.Select(answer => ScanLabel.TumourProbability(answer.Scan.Probabilities))];
        double[] after = [.. calibrated.Select(scan => ScanLabel.TumourProbability(scan.Probabilities))];
        // Thresholds differ between folds: the sign of the distance to one's own is the decision.
        double[] distances = [.. after.Select((score, i) => score - answers[i].Trust.Threshold.Threshold)];
        var counts = BinaryCounts.At(distances, tumours, 0);
        var sets = calibrated.Select((scan, i) => answers[i].Trust.Conformal.Set(scan.Probabilities)).ToList();
        bool[] covered = [.. calibrated.Select((scan, i) => sets[i].Intersect(TruthSets.Of(scan.Truth)).Any())];
        const int bins = EvaluationOptions.DefaultCalibrationBins;
        return new TrustReport(
            answers.Count,
            Calibration.ExpectedError(before, tumours, bins) ?? double.NaN,
            Calibration.ExpectedError(after, tumours, bins) ?? double.NaN,
            counts.Sensitivity,
            counts.Specificity,
            SensitivityAt(after, tumours),
            covered.Average(one => one ? 1.0 : 0.0),
            sets.Average(set => set.Count),
            sets.Average(set => set.Count == 0 ? 1.0 : 0.0),
            [.. ScanLabel.All.Select((label, index) => LabelCoverage.Of(
                label.Name, [.. covered.Where((_, i) => calibrated[i].Truth == index)]))]);
    }

    private static double? SensitivityAt(double[] scores, bool[] tumours)
    {
        var points = new Ranking(scores, tumours).Curve();
        return points.Count == 0 ? null
            : points.Where(point => point.FalsePositiveRate <= 1 - FixedSpecificity).Max(point => point.TruePositiveRate);
    }
}

/// <summary>How many images of a label have it in their conformal set.</summary>
/// <param name="Label">The label's name.</param>
/// <param name="Images">Images of it.</param>
/// <param name="Coverage">Share of them whose set holds it, for <c>mri_tumor</c> any MRI tumour; null without
/// images.</param>
public sealed record LabelCoverage(string Label, int Images, double? Coverage)
{
    internal static LabelCoverage Of(string label, bool[] covered) =>
        new(label, covered.Length, covered.Length == 0 ? null : (double)covered.Count(one => one) / covered.Length);
}
