using System.CommandLine;
using Gyrus.Cli.Commands.Cluster;
using Gyrus.Cli.Commands.Shared;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Learning.Tuning;
using Gyrus.Learning.Weights;

namespace Gyrus.Cli.Commands.Learning.Jobs;

/// <summary><c>gyrus job tune</c>.</summary>
internal static class JobTuneCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "Manifest with its parts: see gyrus data split. All nodes have to reach its images by the same paths." };
        var folder = new Option<string>("--out") { Description = "Folder for the results.", Required = true };
        var grid = new GridOptions();
        var detach = JobFollowing.DetachOption();
        var cache = CacheOption.Create();
        var format = FormatOption.Create();
        var recipe = new RecipeOptions(GridOptions.Patience);
        var cluster = new ClusterFlags();
        var command = new Command(
            "tune",
            "Does gyrus tune on all nodes of a cluster: the features first, then a setting each, with the results of one machine. Says the names of the two jobs; where this command is stopped the work goes on, "
            + "and called again it is with it.")
        {
            dataset, folder, detach, cache, format,
        };
        grid.AddTo(command);
        recipe.AddTo(command);
        cluster.AddTo(command);
        command.AddExamples("gyrus job tune dataset.csv --out tuning", "gyrus job tune dataset.csv --out tuning --learning-rates 0.0003 0.001 --cluster 'Host=db;Database=gyrus'");
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var plan = GridOptions.Plan(recipe.Read(parsed), path);
            var settings = grid.Read(parsed);
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            var training = new TrainingJobs(client, new WeightStore(UserCache.Folder("weights")), TimeProvider.System);
            var features = await training.Features(plan, progress, cancellation);
            Console.Out.WriteLine(features);
            var job = await training.Tuning(plan, settings, features, progress, cancellation);
            Console.Out.WriteLine(job);
            if (parsed.GetValue(detach)) return ExitCode.Success;
            if (await JobFollowing.AllToTheEnd(client, [features, job], progress, cancellation) is not { } unusable) return ExitCode.Interrupted;
            await training.KeepFeatures(features, plan, parsed.GetValue(cache)!, progress, cancellation);
            var record = TuningStudy.Keep(plan, settings, await training.TuningResults(job, progress, cancellation), parsed.GetValue(folder)!);
            progress.Clear();
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json
                ? TuningText.Json(record) : $"{TuningText.Table(record)}\nnext: {recipe.TrainLine(parsed, path, record.Results[0].Point, cache)}");
            return unusable > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
        });
        return command;
    }
}
