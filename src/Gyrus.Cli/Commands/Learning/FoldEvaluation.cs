using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Commands.Evaluation;
using Gyrus.Cli.Terminal;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.Pages;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Learning.Native;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Weights;
using Gyrus.Models.Trust;

namespace Gyrus.Cli.Commands.Learning;

/// <summary>What <c>gyrus evaluate --folds</c> does.</summary>
internal static class FoldEvaluation
{
    public static int Run(
        string manifestPath,
        EvaluateFlags flags,
        string featureFolder,
        RecipeOptions recipe,
        FineTuneFlags fineTune,
        TrustOptions trust,
        ParseResult parsed,
        CancellationToken cancellation)
    {
        var (folder, columns) = (flags.Folder(parsed)!, flags.Columns(parsed));
        var options = flags.Options(parsed);
        var manifest = Manifest.Load(manifestPath);
        ScanColumns.Require(manifest, columns);
        var plan = RunPlan.Of(
            fineTune.Over(parsed, recipe.Read(parsed)), manifest, manifestPath, new WeightStore(UserCache.Folder("weights")));
        using var progress = new ProgressLine();
        var unusable = new HashSet<string>();
        var observer = new RunObserver(progress, OnUnusable: scan =>
        {
            if (unusable.Add(scan.Row.Path)) progress.WriteLine("left out: " + scan.Reason);
        }, OnNote: progress.WriteLine);
        if (plan.FineTune is not null) FreedMemory.Keep();
        var folds = FoldStudy.Run(
            plan, folder, trust, featureFolder, TimeProvider.System, observer,
            fold => progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"fold {fold.Fold}: accuracy {fold.Accuracy:F4} on {fold.Scans.Count} images, epoch {fold.Epoch}")),
            cancellation);
        progress.Clear();

        List<(ScoredScan Scan, TrustSettings Trust)> answers =
            [.. folds.SelectMany(fold => fold.Scans.Select(scan => (scan, fold.Trust)))];
        List<ScoredScan> raw = [.. answers.Select(answer => answer.Scan)];
        List<ScoredScan> scans = [.. answers.Select(a => TrustedAnswer.Of(a.Scan, a.Trust))];
        List<ScoredScan> within = [.. folds.SelectMany(fold => fold.Within.Select(scan => TrustedAnswer.Of(scan, fold.Trust)))];
        if (within.Count > 0) columns = [.. columns, KnownColumns.Source];
        if (!flags.OwnThreshold(parsed)) (scans, within) = (WithoutThreshold(scans), WithoutThreshold(within));
        options = options with { Groups = ScanGroupNumbers.Of(manifest, scans) };
        var units = ScanGroupNumbers.Units(manifest);
        var report = Evaluator.Run(scans, folds.SelectMany(fold => fold.Leaked).ToHashSet(), options) with
        {
            By = ScanColumns.Figures(manifest, columns, scans, options),
            Trust = TrustReport.Of(answers),
            AcrossSources = within.Count == 0 ? null : SourceComparison.Of(within, scans, scan => units[scan.Path], options),
        };
        EvaluationFiles.Write(Path.Combine(folder, "evaluation"), report, scans, raw, within.Count == 0 ? null : within);
        if (flags.Html(parsed) is { } html)
        {
            var evaluated = new EvaluatedModel(manifest, report, scans, raw, LeftOut: 0, ChosenOn: 0) { Within = within.Count == 0 ? null : within };
            progress.WriteLine("page: " + EvaluationPage.Write(html, folder, manifestPath, evaluated, explainer: null, progress, cancellation));
            progress.Clear();
        }
        Console.Out.Write(flags.Format(parsed) == OutputFormat.Json ? EvaluationJson.Write(report) : EvaluationTable.Render(report));
        return report.IsLeaked && !flags.AllowLeaked(parsed) ? ExitCode.CheckFailed
            : unusable.Count > 0 ? ExitCode.SomeUnreadable
            : ExitCode.Success;
    }

    private static List<ScoredScan> WithoutThreshold(List<ScoredScan> scans) => [.. scans.Select(scan => scan with { CalledFrom = null })];
}
