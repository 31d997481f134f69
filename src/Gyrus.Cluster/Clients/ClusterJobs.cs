using System.Runtime.CompilerServices;
using System.Text;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Packages;
using Gyrus.Inference;

namespace Gyrus.Cluster.Clients;

/// <summary>The jobs of a cluster, as a client begins and follows them.</summary>
/// <param name="cluster">The cluster.</param>
public sealed class ClusterJobs(ClusterClient cluster)
{
    /// <summary>Shards that are told to the store at once.</summary>
    private const int AtOnce = 16;

    /// <summary>Begins a job. Its first shards are worked on while the last files are being named; memory does not grow with their number.</summary>
    /// <param name="job">Its name.</param>
    /// <param name="request">What it does.</param>
    /// <param name="units">Absolute paths, as all nodes reach them, in the order of the answers: of a study all its files together.</param>
    /// <param name="cut">How they are cut into shards.</param>
    /// <param name="progress">Takes the number of files named.</param>
    /// <param name="cancel">Leaves the job with the shards that are named, waiting for the others.</param>
    public async Task Begin(string job, JobRequest request, IEnumerable<IReadOnlyList<string>> units, ShardCut cut, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(cut);
        await cluster.Tell(grains => Job(grains, job).Begin(request), cancel);
        int shards = 0;
        long named = 0;
        foreach (var some in cut.Of(units.Select(paths => (paths, paths.Sum(Size)))).Chunk(AtOnce))
        {
            cancel.ThrowIfCancellationRequested();
            int first = shards;
            await Task.WhenAll(some.Select((shard, place) => cluster.Tell(grains => Shard(grains, job, first + place).Plan([.. shard]), cancel)));
            shards += some.Length;
            named += some.Sum(shard => shard.Count);
            await cluster.Tell(grains => Job(grains, job).Extend(shards, named, whole: false), cancel);
            progress?.Report(new WorkProgress("plan", named, 0));
        }
        await cluster.Tell(grains => Job(grains, job).Extend(shards, named, whole: true), cancel);
    }

    /// <summary>Brings a model package to where the nodes find it.</summary>
    /// <param name="folder">The package.</param>
    /// <returns>Its hash, for <see cref="JobRequest.Package"/>.</returns>
    public Task<string> Bring(string folder) => cluster.Ask(grains => PackageTransfer.Store(grains, folder));

    /// <summary>All jobs, the oldest first.</summary>
    public async Task<IReadOnlyList<JobFacts>> List()
    {
        var facts = new List<JobFacts>();
        foreach (var job in await cluster.Ask(grains => grains.GetGrain<IJobList>(IJobList.Key).All()))
        {
            if (await cluster.Ask(grains => Job(grains, job).Facts()) is { } known) facts.Add(known);
        }
        return facts;
    }

    /// <summary>A job; null where there is none of that name.</summary>
    public Task<JobFacts?> Find(string job) => cluster.Ask(grains => Job(grains, job).Facts());

    /// <summary>A job.</summary>
    /// <exception cref="GyrusException">There is no such job.</exception>
    public async Task<JobFacts> Show(string job) =>
        await cluster.Ask(grains => Job(grains, job).Facts()) ?? throw new GyrusException($"There is no job {job} in this cluster. List the jobs to see those that there are.");

    /// <summary>Has no more shards of a job begun.</summary>
    /// <exception cref="GyrusException">There is no such job.</exception>
    public async Task<JobFacts> Pause(string job) => await Change(job, grain => grain.Pause());

    /// <summary>Goes on with a job, and tries again what failed or was set aside.</summary>
    /// <exception cref="GyrusException">There is no such job, or it was given up.</exception>
    public async Task<JobFacts> Resume(string job)
    {
        if ((await Show(job)).Status == JobStatus.Cancelled) throw new GyrusException($"Job {job} was given up. Begin another.");
        return await Change(job, grain => grain.Resume());
    }

    /// <summary>Gives a job up.</summary>
    /// <exception cref="GyrusException">There is no such job.</exception>
    public async Task<JobFacts> Cancel(string job) => await Change(job, grain => grain.Cancel());

    /// <summary>Removes a job that has ended or was given up, with its answers.</summary>
    /// <param name="job">The job.</param>
    /// <param name="progress">Takes the number of shards removed.</param>
    /// <param name="cancel">Ends the removing; asked for again it goes on.</param>
    /// <exception cref="GyrusException">There is no such job, or it is worked on.</exception>
    public async Task Delete(string job, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        var facts = await Show(job);
        if (facts.Status is not (JobStatus.Done or JobStatus.Cancelled)) throw new GyrusException($"Job {job} is worked on. Wait for its end, or give it up first.");
        foreach (var some in Enumerable.Range(0, facts.Shards).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(shard => cluster.Tell(grains => Shard(grains, job, shard).Delete(), cancel)));
            progress?.Report(new WorkProgress("delete", some[^1] + 1, facts.Shards));
        }
        await cluster.Tell(grains => Job(grains, job).Delete(), cancel);
    }

    /// <summary>The answers of a job that has ended, as lines of JSON in the order of its files. Of a shard without answers each file has one that says why.</summary>
    /// <param name="job">The job.</param>
    /// <param name="progress">Takes the number of shards given.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>A shard's lines after the other, each line with its end, in UTF-8.</returns>
    /// <exception cref="GyrusException">There is no such job, or it has not ended.</exception>
    public async IAsyncEnumerable<byte[]> Answers(string job, IProgress<WorkProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var facts = await Show(job);
        if (facts.Status != JobStatus.Done) throw new GyrusException($"Job {job} has not ended: {facts.ShardsEnded} of {facts.Shards} shards have. Wait for it.");
        var troubles = facts.Troubles.ToDictionary(trouble => trouble.Shard, trouble => trouble.Reason);
        for (int number = 0; number < facts.Shards; number++)
        {
            cancel.ThrowIfCancellationRequested();
            int shard = number;
            var answers = await cluster.Ask(grains => Shard(grains, job, shard).Answers(), cancel);
            yield return answers is not null ? PackedText.UnpackBytes(answers.Lines)
                : Unanswered(job, shard, await cluster.Ask(grains => Shard(grains, job, shard).Files(), cancel), troubles.GetValueOrDefault(shard), facts.Request.Recipe);
            progress?.Report(new WorkProgress("results", number + 1, facts.Shards));
        }
    }

    private static byte[] Unanswered(string job, int shard, string[] files, string? reason, string recipe) => Encoding.UTF8.GetBytes(string.Concat(files.Select(
        file => AnswerJson.Line(ScanResult.Unreadable(file, $"{file}: not answered, as one of shard {shard} of job {job}: {reason}"), recipe) + "\n")));

    private async Task<JobFacts> Change(string job, Func<IJob, Task> change)
    {
        await Show(job);
        await cluster.Tell(grains => change(Job(grains, job)));
        return await Show(job);
    }

    private static IJob Job(IGrainFactory grains, string job) => grains.GetGrain<IJob>(job);

    private static IShard Shard(IGrainFactory grains, string job, int number) => grains.GetGrain<IShard>(number, job);

    // What is not there has its answer from the node that looks for it.
    private static long Size(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
