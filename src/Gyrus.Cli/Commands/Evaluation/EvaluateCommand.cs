using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.Pages;
using Gyrus.Evaluation.Reports;
using Gyrus.Inference;
using Gyrus.Models;

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
            "gyrus evaluate models/default lgg.csv --split none --by sequence --lesions",
            "gyrus evaluate models/default yes-no.csv --split none --map yes=tumour,no=healthy --at-sensitivity 0.99",
            .. runs?.Examples ?? [],
        ]);
        command.SetAction((parsed, cancellation) => Task.FromResult(runs?.AsksForFolds(parsed.CommandResult) == true
            ? runs.EvaluateFolds(parsed, flags, cancellation) : Evaluate(parsed, flags, runs, cancellation)));
        return command;
    }

    private static int Evaluate(ParseResult parsed, EvaluateFlags flags, RunSupport? runs, CancellationToken cancellation)
    {
        var (folder, request) = (flags.Model(parsed), flags.Request(parsed));
        bool isRun = IsRun(folder);
        using var progress = new ProgressLine();
        using var model = isRun ? Run(folder, flags, runs, parsed) : Package(folder, flags, parsed, progress);
        bool someUnreadable = false;
        var evaluated = ModelEvaluation.Run(model, request, progress, reason => { someUnreadable = true; progress.WriteLine("left out: " + reason); }, cancellation);
        if (request.WithoutKnown)
            progress.WriteLine($"{evaluated.LeftOut} images that the model was trained on, or on copies of them, are left out");
        if (evaluated.ChosenOn > 0)
            progress.WriteLine($"{evaluated.ChosenOn} of these images, or copies of them, chose the model's epoch (validation): the figures flatter a little");

        var report = evaluated.Report;
        var output = flags.Folder(parsed)
            ?? (isRun ? Path.Combine(folder, EvaluationFiles.FolderName(request.Part, request.WithoutKnown)) : null);
        if (output is not null) EvaluationFiles.Write(output, report, evaluated.Scans, evaluated.Uncalibrated);
        if (flags.Html(parsed) is { } html)
            progress.WriteLine("page: " + EvaluationPage.Write(html, folder, request.Manifest, evaluated, model.Explainer(), progress, cancellation));
        progress.Clear();
        Console.Out.Write(flags.Format(parsed) == OutputFormat.Json ? EvaluationJson.Write(report) : EvaluationTable.Render(report));
        return report.IsLeaked && !flags.AllowLeaked(parsed) ? ExitCode.CheckFailed
            : someUnreadable ? ExitCode.SomeUnreadable
            : ExitCode.Success;
    }

    private static JudgedPackage Package(string folder, EvaluateFlags flags, ParseResult parsed, ProgressLine progress)
    {
        var classifier = ScanClassifier.Open(folder, new ClassifierOptions(Views: flags.Views(parsed)));
        if (NetworkFile.Doubt(classifier.Package) is { } doubt) progress.WriteLine("gyrus: " + doubt);
        return new JudgedPackage(classifier);
    }

    private static JudgedModel Run(string folder, EvaluateFlags flags, RunSupport? runs, ParseResult parsed)
    {
        if (runs is null)
            throw new GyrusException($"{folder}: a run of gyrus train, which this build without training cannot compute. Export it, and evaluate the package.");
        if (flags.Views(parsed) != 1) throw new GyrusException("--views looks at images with a model package: export the run first.");
        return runs.Open(folder, parsed);
    }

    // The file that a run has, and a package has not; its name is Gyrus.Learning's, which this build may not hold.
    private static bool IsRun(string folder) => File.Exists(Path.Combine(folder, "run.json"));
}
