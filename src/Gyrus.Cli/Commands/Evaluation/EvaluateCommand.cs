using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Models;
using Gyrus.Evaluation.Pages;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;
using Gyrus.Package;

namespace Gyrus.Cli.Commands.Evaluation;

/// <summary><c>gyrus evaluate</c>.</summary>
internal static class EvaluateCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="runs">What evaluates runs and folds; null in a build that does not train.</param>
    public static Command Create(RunSupport? runs)
    {
        var flags = new EvaluateFlags();
        var command = new Command(
            "evaluate",
            "Says how good a model is, each figure with a 95 % bootstrap interval, by group where the manifest has groups. "
            + "Looks for the images among those "
            + "that the model was trained on, and for copies of them where the manifest has groups; where it finds some, "
            + "the figures are marked as leaked and the exit code "
            + $"is {ExitCode.CheckFailed}.");
        flags.AddTo(command);
        runs?.AddTo(command);
        command.Validators.Add(result =>
        {
            runs?.Check(result);
            if (runs?.AsksForFolds(result) == true) flags.CheckFolds(result);
            else flags.CheckModel(result, runs is null ? "" : "; or --folds MANIFEST and --out");
        });
        command.AddExamples(
        [
            "gyrus evaluate models/default other.csv --split none --out report --html report/page --format json",
            "gyrus evaluate models/default yes-no.csv --split none --map yes=tumour,no=healthy --at-sensitivity 0.99",
            .. runs?.Examples ?? [],
        ]);
        command.SetAction((parsed, cancellation) => Task.FromResult(runs?.AsksForFolds(parsed.CommandResult) == true
            ? runs.EvaluateFolds(parsed, flags, cancellation) : Evaluate(parsed, flags, runs, cancellation)));
        return command;
    }

    private static int Evaluate(ParseResult parsed, EvaluateFlags flags, RunSupport? runs, CancellationToken cancellation)
    {
        var model = flags.Model(parsed);
        var run = IsRun(model) ? runs ?? throw new GyrusException(
            $"{model}: a run of gyrus train, which this build without training cannot compute. Export it, and evaluate the package.") : null;
        var part = flags.Part(parsed);
        var whole = Manifest.Load(flags.Dataset(parsed));
        ScanColumns.Require(whole, flags.Columns(parsed));
        var manifest = part == Split.None ? whole : whole with { Rows = [.. whole.Rows.Where(row => row.Split == part)] };
        if (manifest.Rows.Count == 0) throw new GyrusException(Empty(flags.Dataset(parsed), whole, part));
        var labels = run?.Labels(model) ?? ModelPackage.Load(model).Manifest.LabelSet();
        var map = MapOf(manifest.Labels, labels, flags.Meanings(parsed));
        var options = flags.Options(parsed, map is null ? labels : manifest.Labels);

        using var progress = new ProgressLine();
        var unusable = new List<string>();
        using var classifier = run is null ? ScanClassifier.Open(model, new ClassifierOptions(Views: flags.Views(parsed))) : null;
        if (run is not null && flags.Views(parsed) != 1) throw new GyrusException("--views looks at images with a model package: export the run first.");
        if (classifier is not null && NetworkFile.Doubt(classifier.Package) is { } doubt) progress.WriteLine("gyrus: " + doubt);
        var answers = run is null ? PackageAnswers.Of(classifier!, manifest, progress, unusable.Add, cancellation)
            : run.Score(model, whole, manifest, parsed, progress, unusable.Add, cancellation);
        progress.Clear();
        foreach (var reason in unusable) progress.WriteLine("left out: " + reason);

        var evaluated = ModelEvaluation.Run(whole, manifest, answers, new ModelEvaluationOptions(
            options, flags.Columns(parsed), map, flags.WithoutLeaked(parsed), OwnThreshold: !flags.SaysThreshold(parsed)));
        if (flags.WithoutLeaked(parsed))
            progress.WriteLine($"{evaluated.LeftOut} images that the model was trained on, or on copies of them, are left out");
        if (evaluated.ChosenOn > 0)
            progress.WriteLine($"{evaluated.ChosenOn} of these images, or copies of them, chose the model's epoch (validation): the figures flatter a little");

        var report = evaluated.Report;
        var output = flags.Folder(parsed)
            ?? (run is null ? null : Path.Combine(model, EvaluationFiles.FolderName(part, flags.WithoutLeaked(parsed))));
        if (output is not null) EvaluationFiles.Write(output, report, evaluated.Scans, evaluated.Uncalibrated);
        if (flags.Html(parsed) is { } html) WritePage(html, flags, parsed, evaluated, manifest, classifier, run, progress);
        progress.Clear();
        Console.Out.Write(flags.Format(parsed) == OutputFormat.Json ? EvaluationJson.Write(report) : EvaluationTable.Render(report));
        return report.IsLeaked && !flags.AllowLeaked(parsed) ? ExitCode.CheckFailed
            : unusable.Count > 0 ? ExitCode.SomeUnreadable
            : ExitCode.Success;
    }

    private static void WritePage(
        string folder,
        EvaluateFlags flags,
        ParseResult parsed,
        EvaluatedModel evaluated,
        Manifest manifest,
        ScanClassifier? classifier,
        RunSupport? run,
        ProgressLine progress)
    {
        var package = run is null ? null : Directory.CreateTempSubdirectory("gyrus-").FullName;
        try
        {
            using var ofRun = package is null ? null : run!.Explainer(flags.Model(parsed), Path.Combine(package, "model"));
            var page = EvaluationPage.Render(
                flags.Model(parsed), flags.Dataset(parsed), evaluated.Report, evaluated.Scans, new ScanPictures(manifest, classifier ?? ofRun));
            AtomicFile.WriteText(Path.Combine(folder, "index.html"), page);
            progress.WriteLine($"page: {Path.Combine(folder, "index.html")}");
        }
        finally
        {
            if (package is not null) Directory.Delete(package, recursive: true);
        }
    }

    // The file that a run has, and a package has not; its name is Gyrus.Learning's, which this build may not hold.
    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "run.json"));

    /// <summary>How the data's labels are judged by the model's; null where they are the same.</summary>
    private static LabelMap? MapOf(LabelSet data, LabelSet model, IReadOnlyDictionary<string, string> meanings) =>
        meanings.Count == 0 && data.Names.All(name => model.IndexOf(name) >= 0) ? null : LabelMap.Of(data, model, meanings);

    private static string Empty(string path, Manifest whole, Split part)
    {
        if (whole.Rows.Count == 0) return $"{path}: the manifest names no image. Name another one.";
        var there = whole.Rows.GroupBy(row => row.Split).OrderBy(rows => rows.Key)
            .Select(rows => string.Create(CultureInfo.InvariantCulture, $"{Name(rows.Key)} ({rows.Count()} images)"));
        return $"{path}: no image is in the part {Name(part)}. There are {string.Join(", ", there)}: name one of them with --split, "
            + "--split none for every image, or split the data: gyrus data split.";
    }

    private static string Name(Split part) => part.ToString().ToLowerInvariant();
}
