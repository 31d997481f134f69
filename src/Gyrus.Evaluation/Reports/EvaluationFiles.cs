using System.Globalization;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Plots;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Reports;

/// <summary>Writes an evaluation into a folder: figures for machines and people, predictions, plots.</summary>
public static class EvaluationFiles
{
    /// <summary>The report's file.</summary>
    public const string ReportName = "evaluation.json";

    /// <summary>What predictions have behind a probability for each label, where it was asked.</summary>
    public static IReadOnlyList<string> ColumnsBesideLabels { get; } = [Fold, Accepted];

    private const string Fold = "fold";
    private const string Accepted = "accepted";

    /// <summary>The folder, within a run's, that an evaluation of a part goes to, such as <c>evaluation-test</c>.</summary>
    /// <param name="part">The part; none for every image.</param>
    /// <param name="withoutKnown">Whether images that the model knows were left out.</param>
    public static string FolderName(Split part, bool withoutKnown = false)
    {
        var name = part == Split.None ? "evaluation-all" : "evaluation-" + part.ToString().ToLowerInvariant();
        return withoutKnown ? name + "-unseen" : name;
    }

    /// <summary>
    /// Writes <c>evaluation.json</c>, <c>evaluation.txt</c>, <c>predictions.csv</c>, <c>roc.svg</c>,
    /// <c>precision-recall.svg</c>, <c>risk-coverage.svg</c>, <c>confusion.svg</c>, <c>thresholds.csv</c>, <c>reliability.svg</c> and, where the answers were
    /// calibrated, <c>reliability-before.svg</c>; the last two only where labels tell tumours, and the thresholds where they do or one label
    /// was asked for.
    /// </summary>
    /// <param name="folder">The folder; made where it is missing.</param>
    /// <param name="report">The figures.</param>
    /// <param name="scans">What they were made from.</param>
    /// <param name="uncalibrated">The same scans before they were calibrated; null where they were not.</param>
    /// <param name="within">Where <paramref name="scans"/> are of sources that were not trained on, scans of those that were; else null.</param>
    public static void Write(
        string folder,
        EvaluationReport report,
        IReadOnlyList<ScoredScan> scans,
        IReadOnlyList<ScoredScan>? uncalibrated = null,
        IReadOnlyList<ScoredScan>? within = null)
    {
        void Text(string name, string text) => AtomicFile.WriteText(Path.Combine(folder, name), text);
        Text(ReportName, EvaluationJson.Write(report));
        Text("evaluation.txt", EvaluationTable.Render(report));
        Text("predictions.csv", Predictions(scans));
        Text("roc.svg", RocPlot.Render(scans));
        Text("precision-recall.svg", PrecisionRecallPlot.Render(scans));
        Text("risk-coverage.svg", RiskCoveragePlot.Render(scans, report.Settings.TumourThreshold, within));
        Text("confusion.svg", ConfusionPlot.Render([.. report.Labels.Select(label => label.Label)], report.Confusion));
        if (BinaryScans.Asked(new EvaluatedScans(scans, new EvaluationOptions()), report.Positive?.Label) is { } binary) Text("thresholds.csv", Thresholds(binary));
        if (!scans.All(scan => scan.Labels.TellsTumours)) return;
        Text("reliability.svg", ReliabilityPlot.Render(scans));
        if (uncalibrated is not null) Text("reliability-before.svg", ReliabilityPlot.Render(uncalibrated));
    }

    private static string Thresholds(BinaryScans scans)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvHelper.CsvWriter(text, CultureInfo.InvariantCulture);
        string[] names =
        [
            "threshold", "sensitivity", "specificity", "positive_predictive_value", "negative_predictive_value", "accuracy",
            "true_positive", "false_negative", "true_negative", "false_positive",
        ];
        foreach (var name in names) csv.WriteField(name);
        csv.NextRecord();
        foreach (var (threshold, counts) in ThresholdTable.Of(scans.Scores, scans.Positives))
        {
            csv.WriteField(threshold.ToString("R", CultureInfo.InvariantCulture));
            foreach (var share in (double?[])[counts.Sensitivity, counts.Specificity, counts.PositivePredictiveValue, counts.NegativePredictiveValue, counts.Accuracy])
                csv.WriteField(share is { } value ? Six(value) : "");
            foreach (int count in (int[])[counts.TruePositive, counts.FalseNegative, counts.TrueNegative, counts.FalsePositive]) csv.WriteField(count);
            csv.NextRecord();
        }
        csv.Flush();
        return text.ToString();
    }

    private static string Predictions(IReadOnlyList<ScoredScan> scans)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = new CsvHelper.CsvWriter(text, CultureInfo.InvariantCulture);
        foreach (var name in (string[])["path", "sha256", "label", "predicted", "tumour"]) csv.WriteField(name);
        foreach (var name in scans.Count == 0 ? [] : scans[0].Labels.Names) csv.WriteField(name);
        bool folds = scans.Any(scan => scan.Fold is not null);
        if (folds) csv.WriteField(Fold);
        bool accepted = scans.Any(scan => scan.Accepted is not null);
        if (accepted) csv.WriteField(Accepted);
        csv.NextRecord();
        foreach (var scan in scans)
        {
            csv.WriteField(scan.Path);
            csv.WriteField(scan.Sha256);
            csv.WriteField(scan.Labels[scan.Truth].Name);
            csv.WriteField(scan.Labels[scan.Answer()].Name);
            csv.WriteField(scan.Labels.TellsTumours ? Six(scan.TumourProbability) : "");
            foreach (var probability in scan.Probabilities) csv.WriteField(Six(probability));
            if (folds) csv.WriteField(scan.Fold);
            if (accepted) csv.WriteField(scan.Accepted switch { true => "true", false => "false", null => "" });
            csv.NextRecord();
        }
        csv.Flush();
        return text.ToString();
    }

    private static string Six(double probability) => probability.ToString("F6", CultureInfo.InvariantCulture);
}
