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

/// <summary><c>gyrus job features</c>.</summary>
internal static class JobFeaturesCommand
{
    public static Command Create()
    {
        var dataset = new Argument<string>("dataset") { Description = "Manifest. All nodes have to reach its images by the same paths." };
        var detach = JobFollowing.DetachOption();
        var cache = CacheOption.Create();
        var recipe = new RecipeOptions(new TrainingOptions().Patience);
        var cluster = new ClusterFlags();
        var command = new Command(
            "features",
            "Computes the features of a data set's images with a frozen backbone on all nodes of a cluster, and puts them where gyrus train, tune and evaluate look for them (--features). Says the job's name; where "
            + $"this command is stopped the work goes on, and called again it is with it. Of the options that say how to train those of the backbone and its input count. The exit code is {ExitCode.SomeUnreadable} where "
            + "some images could not be read.")
        {
            dataset, detach, cache,
        };
        recipe.AddTo(command);
        cluster.AddTo(command);
        command.AddExamples("gyrus job features dataset.csv", "gyrus job features dataset.csv --backbone densenet121 --cluster 'Host=db;Database=gyrus'");
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(dataset)!;
            var store = new WeightStore(UserCache.Folder("weights"));
            var plan = RunPlan.Of(recipe.Read(parsed) with { FineTune = null, Start = null, Distil = null }, Manifest.Load(path), path, store);
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            var training = new TrainingJobs(client, store, TimeProvider.System);
            var job = await training.Features(plan, progress, cancellation);
            Console.Out.WriteLine(job);
            if (parsed.GetValue(detach)) return ExitCode.Success;
            if (await JobFollowing.AllToTheEnd(client, [job], progress, cancellation) is null) return ExitCode.Interrupted;
            var errors = await training.KeepFeatures(job, plan, parsed.GetValue(cache)!, progress, cancellation);
            progress.Clear();
            foreach (var error in errors) progress.WriteLine("left out: " + error);
            return errors.Count > 0 ? ExitCode.SomeUnreadable : ExitCode.Success;
        });
        return command;
    }
}
