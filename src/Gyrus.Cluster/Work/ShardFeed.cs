using System.Collections.Concurrent;
using System.Threading.Channels;
using Gyrus.Cluster.Jobs;
using Microsoft.Extensions.Logging;
using Polly;

namespace Gyrus.Cluster.Work;

/// <summary>Asks the cluster's jobs for shards, begins them ahead of the work, and tells the jobs which the node has.</summary>
internal sealed partial class ShardFeed(IGrainFactory grains, NodeName node, WorkOptions options, ResiliencePipeline retry, TimeProvider clock, ILogger<ShardFeed> log)
{
    /// <summary>How often a node asks where it has none, and how often it says which it has: more often than a job's patience after a loss.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <summary>How long a node that takes no part in a job stays away from it: what was wrong may be mended meanwhile.</summary>
    private static readonly TimeSpan Refusal = TimeSpan.FromMinutes(1);

    /// <summary>Shards that are begun and wait: while one is worked on, the next is there.</summary>
    private const int Ahead = 2;

    private readonly Channel<OpenShard> _begun = Channel.CreateUnbounded<OpenShard>();
    private readonly Channel<OpenShard> _suspects = Channel.CreateUnbounded<OpenShard>();
    private readonly ConcurrentDictionary<(string Job, int Number), OpenShard> _held = new();
    private readonly ConcurrentDictionary<string, long> _refused = new();
    private readonly Dictionary<string, JobRequest> _requests = [];
    private volatile TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The shards that are begun; it ends when the node drains.</summary>
    public ChannelReader<OpenShard> Begun => _begun.Reader;

    /// <summary>Those of them that are to be given to a process of their own.</summary>
    public ChannelReader<OpenShard> Suspects => _suspects.Reader;

    /// <summary>Asks until the node drains.</summary>
    public async Task Run(CancellationToken drain)
    {
        bool away = false;
        try
        {
            while (!drain.IsCancellationRequested)
            {
                bool any = false;
                _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);
                try
                {
                    any = await Ask(drain);
                    if (away) LogAnswers();
                    away = false;
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The store or the job's node is away: it is asked again.
                    if (!away) LogUnasked(e.Message);
                    away = true;
                }
                if (!any) await Task.WhenAny(_dropped.Task, Task.Delay(AskEvery, clock, drain));
            }
        }
        catch (OperationCanceledException)
        {
            // It drains.
        }
        _begun.Writer.Complete();
        _suspects.Writer.Complete();
    }

    /// <summary>Says that a shard is no longer the node's, since its end is told.</summary>
    public void Drop(OpenShard shard)
    {
        _held.TryRemove((shard.Job, shard.Number), out _);
        _dropped.TrySetResult();
    }

    /// <summary>Says that the node takes no part in a job.</summary>
    public async Task Refuse(string job, string reason)
    {
        if (!_refused.ContainsKey(job)) LogRefusal(job, reason);
        _refused[job] = clock.GetTimestamp();
        while (_begun.Reader.TryPeek(out var next) && next.Job == job && _begun.Reader.TryRead(out next)) await GiveBack(next);
        await grains.GetGrain<IJob>(job).Refuse(node, reason);
    }

    /// <summary>Gives back what the node has not done, when it drains.</summary>
    public async Task GiveBack()
    {
        foreach (var shard in _held.Values)
        {
            try
            {
                await GiveBack(shard);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The cluster finds out that the node is gone.
                LogUnasked(e.Message);
            }
        }
    }

    private async Task GiveBack(OpenShard shard)
    {
        await grains.GetGrain<IShard>(shard.Number, shard.Job).GiveUp(shard.Attempt);
        await grains.GetGrain<IJob>(shard.Job).GiveBack(node, shard.Number);
        _held.TryRemove((shard.Job, shard.Number), out _);
    }

    private async Task<bool> Ask(CancellationToken drain)
    {
        bool any = false;
        var open = await grains.GetGrain<IJobList>(IJobList.Key).Open();
        foreach (var job in open.Union(_held.Keys.Select(held => held.Job)).ToList())
        {
            if (_refused.TryGetValue(job, out long since) && clock.GetElapsedTime(since) < Refusal) continue;
            int[] held = [.. _held.Keys.Where(key => key.Job == job).Select(key => key.Number)];
            if (await Request(job) is not { } request) continue;
            int wanted = Math.Max(0, MostOf(request.Kind) - _held.Count);
            foreach (int number in await grains.GetGrain<IJob>(job).Take(node, held, wanted)) any |= await Begin(job, request, number, drain);
        }
        foreach (var gone in _requests.Keys.Except(open).ToList()) _requests.Remove(gone);
        return any;
    }

    /// <summary>What a job asks, which never changes; null where it is gone.</summary>
    private async Task<JobRequest?> Request(string job)
    {
        if (_requests.TryGetValue(job, out var known)) return known;
        if ((await grains.GetGrain<IJob>(job).Facts())?.Request is not { } request) return null;
        return _requests[job] = request;
    }

    /// <summary>How many shards the node has at once: of what takes long none that waits while another node has nothing to do.</summary>
    private int MostOf(JobKind kind) => kind switch
    {
        JobKind.Folds => 1,
        JobKind.Tuning => options.WorkerCount,
        _ => Ahead + 1,
    };

    private async Task<bool> Begin(string job, JobRequest request, int number, CancellationToken drain)
    {
        var grain = grains.GetGrain<IJob>(job);
        if (request.Version != ClusterVersion.Own)
        {
            await Refuse(job, $"it is gyrus {ClusterVersion.Own}, and the job was begun with gyrus {request.Version}. Start nodes of that version, or begin the job again with this one.");
            await grain.GiveBack(node, number);
            return false;
        }
        bool isolates = options.Isolate is not null && request.Kind == JobKind.Classify;
        var work = await retry.ExecuteAsync(async _ => await grains.GetGrain<IShard>(number, job).Begin(node, isolates), drain);
        if (work.End is { } end)
        {
            await grain.Ended(number, end);
            return true;
        }
        var shard = new OpenShard(job, request, number, work.Attempt, work.Files);
        _held[(job, number)] = shard;
        await (work.IsSuspect ? _suspects : _begun).Writer.WriteAsync(shard, drain);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the cluster does not answer, and is asked again: {reason}")]
    private partial void LogUnasked(string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "the cluster answers again")]
    private partial void LogAnswers();

    [LoggerMessage(Level = LogLevel.Warning, Message = "takes no part in job {job}: {reason}")]
    private partial void LogRefusal(string job, string reason);
}
