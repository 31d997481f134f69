using System.CommandLine;
using Gyrus.Cli.Commands.Cluster;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Data.Manifests;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning.Jobs;

/// <summary><c>gyrus job folds</c>.</summary>
internal static class JobFoldsCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "Manifest with folds: see gyrus data split. All nodes have to reach its images by the same paths." };
        var folder = new Option<string>("--out") { Description = "Folder for the runs.", Required = true };
        var detach = JobFollowing.DetachOption();
        var cache = CacheOption.Create();
        var recipe = new RecipeOptions(new TrainingOptions().Patience);
        var fineTune = new FineTuneFlags();
        var cluster = new ClusterFlags();
        var command = new Command(
            "folds",
            "Trains what gyrus evaluate --folds trains on all nodes of a cluster, a fold each, and brings the runs here, of which that command then makes the figures. Says the names of its jobs; where this command is "
            + "stopped the work goes on, and called again it is with it.")
        {
            dataset, folder, detach, cache,
        };
        recipe.AddTo(command);
        fineTune.AddTo(command);
        cluster.AddTo(command);
        command.AddExamples("gyrus job folds folds.csv --out runs/folds", "gyrus job folds folds.csv --out runs/folds --fine-tune --epochs 8 --cluster 'Host=db;Database=gyrus'");
        command.SetAction(async (parsed, cancellation) =>
        {
            var (path, output) = (parsed.GetValue(dataset)!, parsed.GetValue(folder)!);
            var store = new WeightStore(UserCache.Folder("weights"));
            var plan = RunPlan.Of(fineTune.Over(parsed, recipe.Read(parsed)), Manifest.Load(path), path, store);
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            var training = new TrainingJobs(client, store, TimeProvider.System);
            var features = plan.FineTune is null ? await training.Features(plan, progress, cancellation) : null;
            if (features is not null) Console.Out.WriteLine(features);
            var job = await training.Folds(plan, features, progress, cancellation);
            Console.Out.WriteLine(job);
            if (parsed.GetValue(detach)) return ExitCode.Success;
            if (await JobFollowing.AllToTheEnd(client, features is null ? [job] : [features, job], progress, cancellation) is not { } unusable) return ExitCode.Interrupted;
            if (features is not null) await training.KeepFeatures(features, plan, parsed.GetValue(cache)!, progress, cancellation);
            await training.KeepFolds(job, output, progress, cancellation);
            var recipeFile = Path.Combine(output, RecipeFile.FileName);
            RecipeFile.Write(recipeFile, TrainingRecipe.Of(plan));
            progress.Clear();
            var kept = parsed.GetResult(cache) is { Implicit: false } ? $" --features {ShellWord.Of(parsed.GetValue(cache)!)}" : "";
            Console.Out.WriteLine($"next: gyrus evaluate --folds {ShellWord.Of(path)} --out {ShellWord.Of(output)} --config {ShellWord.Of(recipeFile)}{kept}");
            return unusable > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
        });
        return command;
    }
}
