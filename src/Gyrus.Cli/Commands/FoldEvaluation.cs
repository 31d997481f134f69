using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Terminal;
using Gyrus.Data;
using Gyrus.Learning;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands;

/// <summary>What <c>gyrus evaluate --folds</c> does.</summary>
internal static class FoldEvaluation
{
    public static int Run(
        string manifestPath,
        string folder,
        double threshold,
        string featureFolder,
        OutputFormat format,
        RecipeOptions recipe,
        ParseResult parsed,
        CancellationToken cancellation)
    {
        var options = new EvaluationOptions { TumourThreshold = threshold };
        options.Check();
        var manifest = Manifest.Load(manifestPath);
        var backbone = recipe.Backbone(parsed);
        var weights = new WeightStore(UserCache.Folder("weights")).Require(backbone);
        var plan = new RunPlan(
            manifest, manifestPath, backbone, weights, recipe.Preprocessing(parsed), recipe.Float16(parsed),
            recipe.Head(parsed), recipe.Training(parsed), FineTune: null);
        using var progress = new ProgressLine();
        var unusable = new HashSet<string>();
        var observer = new RunObserver(progress, OnUnusable: scan =>
        {
            if (unusable.Add(scan.Row.Path)) progress.WriteLine("left out: " + scan.Reason);
        });
        var folds = FoldStudy.Run(
            plan, folder, featureFolder, TimeProvider.System, observer,
            fold => progress.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"fold {fold.Fold}: accuracy {fold.Accuracy:F4} on {fold.Scans.Count} images, epoch {fold.Epoch}")),
            cancellation);
        progress.Clear();

        List<ScoredScan> scans = [.. folds.SelectMany(fold => fold.Scans)];
        var report = Evaluation.Run(
            scans, FoldStudy.Shared(scans), options with { Groups = ScanGroupNumbers.Of(manifest, scans) });
        EvaluationFiles.Write(Path.Combine(folder, "evaluation"), report, scans);
        Console.Out.WriteLine(format == OutputFormat.Json ? EvaluationJson.Write(report) : EvaluationTable.Render(report));
        return report.IsLeaked ? ExitCode.CheckFailed : unusable.Count > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
    }
}
