using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.Models;

/// <summary>What an evaluation of a model looks at.</summary>
/// <param name="Options">How the figures are made. Groups are taken from the manifest.</param>
/// <param name="Columns">Columns of the manifest by whose values the figures are told apart too: <see cref="ScanColumns"/>.</param>
/// <param name="Map">How the data's labels are judged by the model's; null where they are the same.</param>
/// <param name="WithoutKnown">Whether images that the model was trained on, and copies of them, are left out.</param>
/// <param name="OwnThreshold">Whether, with a map, the threshold that the model was given holds in place of that of the options.</param>
public sealed record ModelEvaluationOptions(
    EvaluationOptions Options,
    IReadOnlyList<string> Columns,
    LabelMap? Map = null,
    bool WithoutKnown = false,
    bool OwnThreshold = true);

/// <summary>An evaluated model.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Scans">The scans that they are of, calibrated, with the data's labels.</param>
/// <param name="Uncalibrated">The same with the network's own probabilities; null where nothing was calibrated.</param>
/// <param name="LeftOut">How many images were left out as known.</param>
/// <param name="ChosenOn">How many of the others, or copies of them, the model's epoch was chosen on.</param>
public sealed record EvaluatedModel(
    EvaluationReport Report, IReadOnlyList<ScoredScan> Scans, IReadOnlyList<ScoredScan>? Uncalibrated, int LeftOut, int ChosenOn);

/// <summary>Judges what a model says of a data set.</summary>
public static class ModelEvaluation
{
    /// <summary>Judges.</summary>
    /// <param name="whole">The data set, with all its parts: its groups tell which images are copies of known ones.</param>
    /// <param name="part">The images that are looked at.</param>
    /// <param name="answers">What the model says of those that could be read.</param>
    /// <param name="options">What is looked at.</param>
    /// <exception cref="GyrusException">No image is left, a column is not there, or an option is outside its range.</exception>
    public static EvaluatedModel Run(Manifest whole, Manifest part, ModelAnswers answers, ModelEvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(options);
        answers = answers.KnowingCopies(whole);
        int all = answers.Scans.Count;
        if (options.WithoutKnown)
            answers = answers with { Scans = [.. answers.Scans.Where(scan => !answers.TrainingImages.Contains(scan.Sha256))] };
        int chosenOn = answers.Scans.Count(scan => answers.SelectionImages.Contains(scan.Sha256));

        var scans = answers.Calibrated();
        var trust = answers.Trust;
        var how = options.Options;
        if (options.Map is { } map)
        {
            var labels = part.Rows.ToDictionary(row => row.Path, row => row.Label);
            scans = [.. scans.Select(scan => map.Map(scan, labels[scan.Path]))];
            // What was learnt speaks of the model's labels; its threshold holds all the same.
            if (trust is not null && options.OwnThreshold) how = how with { TumourThreshold = trust.Threshold.Threshold };
            trust = null;
        }
        how = how with { Groups = ScanGroupNumbers.Of(part, scans) };
        var report = Evaluator.Run(scans, answers.TrainingImages, how) with { By = ScanColumns.Figures(part, options.Columns, scans, how) };
        if (trust is not null) report = report with { Trust = TrustReport.Of([.. answers.Scans.Select(scan => (scan, trust))]) };
        return new EvaluatedModel(report, scans, trust is null ? null : answers.Scans, all - answers.Scans.Count, chosenOn);
    }
}
