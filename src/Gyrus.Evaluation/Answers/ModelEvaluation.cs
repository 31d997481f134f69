using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.Answers;

/// <summary>What an evaluation of a model looks at.</summary>
/// <param name="Options">How the figures are made. Groups are taken from the manifest.</param>
/// <param name="Columns">Columns of the manifest by whose values the figures are told apart too: <see cref="ScanColumns"/>.</param>
/// <param name="Map">How the data's labels are judged by the model's; null where they are the same.</param>
/// <param name="WithoutKnown">Whether images that the model was trained on, and copies of them, are left out.</param>
/// <param name="OwnThreshold">Whether the threshold that the model was given holds in place of that of the options: in figures of its answers, and with a
/// map in all.</param>
public sealed record ModelEvaluationOptions(
    EvaluationOptions Options,
    IReadOnlyList<string> Columns,
    LabelMap? Map = null,
    bool WithoutKnown = false,
    bool OwnThreshold = true);

/// <summary>An evaluated model.</summary>
/// <param name="Part">The images that it was asked about.</param>
/// <param name="Report">The figures.</param>
/// <param name="Scans">The scans that they are of, calibrated, with the data's labels.</param>
/// <param name="Uncalibrated">The same with the network's own probabilities; null where nothing was calibrated.</param>
/// <param name="LeftOut">How many images were left out as known.</param>
/// <param name="ChosenOn">How many of the others, or copies of them, the model's epoch was chosen on.</param>
public sealed record EvaluatedModel(
    Manifest Part,
    EvaluationReport Report,
    IReadOnlyList<ScoredScan> Scans,
    IReadOnlyList<ScoredScan>? Uncalibrated,
    int LeftOut,
    int ChosenOn)
{
    /// <summary>Where the scans are of sources that were not trained on, scans of those that were; null where there is no such difference.</summary>
    public IReadOnlyList<ScoredScan>? Within { get; init; }
}

/// <summary>Judges what a model says of a data set.</summary>
public static class ModelEvaluation
{
    /// <summary>Asks a model about a data set, and judges what it says.</summary>
    /// <param name="model">The model.</param>
    /// <param name="request">The data set, and how it is judged.</param>
    /// <param name="progress">Takes the number of images done.</param>
    /// <param name="onUnusable">Told why an image was left out.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="GyrusException">The manifest cannot be read, no image is left, labels do not fit the model's, a column is not there, or an
    /// option is outside its range.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was set.</exception>
    public static EvaluatedModel Run(
        JudgedModel model,
        EvaluationRequest request,
        IProgress<WorkProgress>? progress,
        Action<string> onUnusable,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(request);
        var whole = Manifest.Load(request.Manifest);
        var part = request.PartOf(whole);
        var map = request.MapTo(part.Labels, model.Labels);
        var options = request.OptionsFor(map is null ? model.Labels : part.Labels);
        options.Check();
        var answers = model.Ask(whole, part, progress, onUnusable, cancellation);
        if (request.Lesions) answers = answers with { Scans = LesionHits.Of(model.Explainer(), part, answers.Scans, progress, cancellation) };
        return Judge(
            whole, part, answers,
            new ModelEvaluationOptions(options, request.Columns, map, request.WithoutKnown, request.OwnThreshold));
    }

    /// <summary>Judges what a model said.</summary>
    /// <param name="whole">The data set, with all its parts: its groups tell which images are copies of known ones.</param>
    /// <param name="part">The images that are looked at.</param>
    /// <param name="answers">What the model says of those that could be read.</param>
    /// <param name="options">What is looked at.</param>
    /// <exception cref="GyrusException">No image is left, a column is not there, or an option is outside its range.</exception>
    public static EvaluatedModel Judge(Manifest whole, Manifest part, ModelAnswers answers, ModelEvaluationOptions options)
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
        if (!options.OwnThreshold) scans = [.. scans.Select(scan => scan with { CalledFrom = null })];
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
        if (trust is not null) report = report with { Trust = TrustReport.Of([.. answers.Scans.Select(scan => (scan, trust))]), Studies = StudyReport.Of(part, scans, trust) };
        return new EvaluatedModel(part, report, scans, trust is null ? null : answers.Scans, all - answers.Scans.Count, chosenOn);
    }
}
