using System.CommandLine;
using System.Globalization;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Jobs;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>Shows how far a job is until it ends.</summary>
internal static class JobFollowing
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <summary>Makes <c>--detach</c>.</summary>
    public static Option<bool> DetachOption() => new("--detach") { Description = "Say the job's name and end; the work goes on." };

    /// <summary>Waits for a job's end.</summary>
    /// <param name="jobs">The jobs.</param>
    /// <param name="id">The job.</param>
    /// <param name="progress">Shows how far it is.</param>
    /// <param name="cancellation">Ends the waiting; the work goes on.</param>
    /// <returns>The job when it is done; null where it was given up, which is told.</returns>
    public static async Task<JobFacts?> ToTheEnd(ClusterJobs jobs, string id, ProgressLine progress, CancellationToken cancellation)
    {
        while (true)
        {
            var facts = await jobs.Show(id);
            if (facts.Status is JobStatus.Done or JobStatus.Cancelled)
            {
                progress.Clear();
                if (facts.Status == JobStatus.Done) return facts;
                progress.WriteLine($"gyrus: job {id} was given up");
                return null;
            }
            progress.Report(new WorkProgress(facts.Request.Kind.ToString().ToLowerInvariant(), facts.FilesDone, facts.Files, facts.Status == JobStatus.Paused ? "paused"
                : facts.Nodes.Count == 0 ? "no node works on it" : string.Create(CultureInfo.InvariantCulture, $"{facts.Nodes.Count} nodes")));
            await Task.Delay(AskEvery, cancellation);
        }
    }

    /// <summary>Waits for jobs one after the other.</summary>
    /// <returns>How many images could not be used; null where a job was given up.</returns>
    public static async Task<long?> AllToTheEnd(ClusterClient client, IReadOnlyList<string> ids, ProgressLine progress, CancellationToken cancellation)
    {
        long unusable = 0;
        foreach (var id in ids)
        {
            if (await ToTheEnd(new ClusterJobs(client), id, progress, cancellation) is not { } ended) return null;
            unusable += ended.Errors;
        }
        return unusable;
    }
}
