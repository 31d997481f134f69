using System.Text.Json.Serialization;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging.Labels;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.Reports;

/// <summary>How far trust that was learnt on validation holds on other images.</summary>
/// <param name="Images">Images that it was measured on.</param>
/// <param name="CalibrationErrorBefore">Expected calibration error of the tumour probability before calibration, 15
/// bins of equal mass.</param>
/// <param name="CalibrationErrorAfter">The same after it.</param>
/// <param name="Sensitivity">Share of tumours called so at the chosen threshold.</param>
/// <param name="Specificity">Share of healthy images called so at it.</param>
/// <param name="SensitivityAtSpecificity">Sensitivity where the specificity on these images is at least 0.98.</param>
/// <param name="Coverage">Share of images whose conformal set holds their label; null where no sets are made.</param>
/// <param name="SetSize">Mean number of labels in a set; null likewise.</param>
/// <param name="EmptySets">Share of images whose set is empty; null likewise.</param>
/// <param name="Labels">Coverage of each label.</param>
/// <param name="Threshold">The chosen threshold; null where folds have one each.</param>
public sealed record TrustReport(
    int Images,
    double CalibrationErrorBefore,
    double CalibrationErrorAfter,
    double? Sensitivity,
    double? Specificity,
    double? SensitivityAtSpecificity,
    double? Coverage,
    double? SetSize,
    double? EmptySets,
    IReadOnlyList<LabelCoverage> Labels,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Threshold = null)
{
    /// <summary>What a reader must know of what was learnt: a calibration that was left out, sets that are not made; null where
    /// there is nothing to say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Notes { get; init; }

    /// <summary>The specificity of <see cref="SensitivityAtSpecificity"/>.</summary>
    public const double FixedSpecificity = 0.98;

    /// <summary>Measures.</summary>
    /// <param name="answers">Images with the network's own probabilities, each with the settings learnt without
    /// it; at least one. Images whose settings make no sets do not count in those of sets.</param>
    public static TrustReport Of(IReadOnlyList<(ScoredScan Scan, TrustSettings Trust)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var labels = answers[0].Scan.Labels;
        bool[] tumours = [.. answers.Select(answer => answer.Scan.IsTumour)];
        List<ScoredScan> calibrated = [.. answers.Select(a => TemperatureFit.At(a.Scan, a.Trust.Temperature))];
        double[] before = [.. answers.Select(answer => answer.Scan.TumourProbability)];
        double[] after = [.. calibrated.Select(scan => scan.TumourProbability)];
        // Thresholds differ between folds: the sign of the distance to one's own is the decision.
        double[] distances = [.. after.Select((score, i) => score - answers[i].Trust.Threshold.Threshold)];
        var counts = BinaryCounts.At(distances, tumours, 0);
        List<(int Truth, IReadOnlyList<int> Set)> sets =
        [
            .. calibrated.Select((scan, i) => (scan, answers[i].Trust.Conformal)).Where(one => one.Conformal.MakesSets)
                .Select(one => (one.scan.Truth, one.Conformal.Set(one.scan.Probabilities))),
        ];
        double[] thresholds = [.. answers.Select(answer => answer.Trust.Threshold.Threshold).Distinct()];
        const int bins = EvaluationOptions.DefaultCalibrationBins;
        return new TrustReport(
            answers.Count,
            Calibration.ExpectedError(before, tumours, bins)!.Value,
            Calibration.ExpectedError(after, tumours, bins)!.Value,
            labels.TellsTumours ? counts.Sensitivity : null,
            labels.TellsTumours ? counts.Specificity : null,
            labels.TellsTumours ? SensitivityAt(after, tumours) : null,
            Mean(sets, one => Covers(one.Truth, one.Set, labels) ? 1 : 0),
            Mean(sets, one => one.Set.Count),
            Mean(sets, one => one.Set.Count == 0 ? 1 : 0),
            [.. labels.All.Select((label, index) => new LabelCoverage(
                label.Name,
                calibrated.Count(scan => scan.Truth == index),
                Mean([.. sets.Where(one => one.Truth == index)], one => Covers(one.Truth, one.Set, labels) ? 1 : 0)))],
            thresholds.Length == 1 ? thresholds[0] : null)
        {
            Notes = TrustNotes.Of([.. answers.Select(answer => answer.Trust)], labels) is { Count: > 0 } notes ? notes : null,
        };
    }

    private static bool Covers(int truth, IReadOnlyList<int> set, LabelSet labels) => set.Intersect(labels.Allowed(truth)).Any();

    private static double? Mean<T>(List<T> values, Func<T, double> value) => values.Count == 0 ? null : values.Average(value);

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
/// <param name="Coverage">Share of them whose set holds it, for a tumour of no type any tumour of its modality; null without images, and
/// where no sets are made.</param>
public sealed record LabelCoverage(string Label, int Images, double? Coverage);
