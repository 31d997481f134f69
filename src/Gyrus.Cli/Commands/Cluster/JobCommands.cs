using System.CommandLine;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary><c>gyrus job</c> and the commands below it that name a job.</summary>
internal static class JobCommands
{
    /// <summary>Makes the command.</summary>
    /// <param name="training">The commands that begin training; none in a build that does not train.</param>
    public static Command Create(IEnumerable<Command> training)
    {
        var command = new Command("job", "Begins and follows work on a cluster of machines (gyrus node).") { JobClassifyCommand.Create() };
        foreach (var each in training) command.Add(each);
        Command[] ofJobs =
        [
            List(),
            OfOneJob("show", "Shows a job: how far it is, who works on it, and what failed.", (jobs, job) => jobs.Show(job)),
            OfOneJob("pause", "Has no more shards of a job begun; those that are begun are ended.", (jobs, job) => jobs.Pause(job)),
            OfOneJob("resume", "Goes on with a job that was paused, and tries again shards that failed or were set aside.", (jobs, job) => jobs.Resume(job)),
            OfOneJob("cancel", "Gives a job up.", (jobs, job) => jobs.Cancel(job)),
            JobResultsCommand.Create(),
            Delete(),
        ];
        foreach (var each in ofJobs) command.Add(each);
        return command;
    }

    /// <summary>The argument that names a job.</summary>
    public static Argument<string> JobArgument() => new("job") { Description = "The job, as 'gyrus job list' names it." };

    private static Command List()
    {
        var format = FormatOption.Create();
        var cluster = new ClusterFlags();
        var command = new Command("list", "Lists the jobs of a cluster, the oldest first; as JSON one object a line.") { format };
        cluster.AddTo(command);
        command.AddExamples("gyrus job list", "gyrus job list --cluster redis://cache:6379 --format json");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = await cluster.Connect(parsed, cancellation);
            foreach (var job in await new ClusterJobs(client).List())
                Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? JobText.Json(job) : JobText.Line(job));
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Delete()
    {
        var job = JobArgument();
        var cluster = new ClusterFlags();
        var command = new Command("delete", "Removes a job that has ended or was given up from the cluster's store, with its answers. Files that 'gyrus job results' wrote stay.") { job };
        cluster.AddTo(command);
        command.AddExamples("gyrus job delete 20260131-094500-3f2a");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = await cluster.Connect(parsed, cancellation);
            using var progress = new ProgressLine();
            await new ClusterJobs(client).Delete(parsed.GetValue(job)!, progress, cancellation);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command OfOneJob(string name, string description, Func<ClusterJobs, string, Task<JobFacts>> act)
    {
        var job = JobArgument();
        var format = FormatOption.Create();
        var cluster = new ClusterFlags();
        var command = new Command(name, description) { job, format };
        cluster.AddTo(command);
        command.AddExamples($"gyrus job {name} 20260131-094500-3f2a");
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var client = await cluster.Connect(parsed, cancellation);
            var facts = await act(new ClusterJobs(client), parsed.GetValue(job)!);
            Console.Out.WriteLine(parsed.GetValue(format) == OutputFormat.Json ? JobText.Json(facts) : JobText.Of(facts));
            return ExitCode.Success;
        });
        return command;
    }
}
