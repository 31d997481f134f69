using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;

namespace Gyrus.Cluster.Work;

/// <summary>What a node does besides being one of the cluster: it answers shards.</summary>
internal sealed partial class NodeWorker(
    IGrainFactory grains, ShardFeed feed, ShardReports reports, WorkOptions options, ResiliencePipeline retry, ILogger<NodeWorker> log) : BackgroundService
{
    private (string Job, IJobWork Work)? _open;

    public override void Dispose()
    {
        _open?.Work.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var feeding = Task.Run(() => feed.Run(stoppingToken), CancellationToken.None);
        try
        {
            if (options.Simulated is { } simulated) await Task.WhenAll(Enumerable.Range(0, Math.Max(1, options.Workers)).Select(_ => Simulate(simulated, stoppingToken)));
            while (await feed.Begun.WaitToReadAsync(stoppingToken) && feed.Begun.TryPeek(out var next)) await AnswerJob(next, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // It drains.
        }
        await feeding;
        await feed.GiveBack();
    }

    private async Task AnswerJob(OpenShard first, CancellationToken drain)
    {
        IJobWork work;
        try
        {
            work = await Open(first, drain);
        }
        catch (GyrusException e)
        {
            await retry.ExecuteAsync(async _ => await feed.Refuse(first.Job, e.Message), drain);
            return;
        }
        var shards = new JobShards(feed, first.Job);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(drain);
        try
        {
            // A thread of its own, since it waits for images and for the store.
            await Task.Factory.StartNew(
                () =>
                {
                    foreach (var (shard, answers) in work.Answer(shards.All(stop.Token), drain))
                    {
                        reports.Answer(shard, answers, drain).GetAwaiter().GetResult();
                        shards.End(shard);
                    }
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        catch (Exception e) when (!drain.IsCancellationRequested)
        {
            LogTrouble(first.Job, e.Message);
            var open = shards.Close();
            await stop.CancelAsync();
            foreach (var shard in open) await AnswerAlone(work, shard, drain);
        }
    }

    private async Task Simulate(Func<IReadOnlyList<string>, Task<ShardAnswers>> simulated, CancellationToken drain)
    {
        await foreach (var shard in feed.Begun.ReadAllAsync(drain)) await reports.Answer(shard, await simulated(shard.Files), drain);
    }

    /// <summary>Where one of several shards makes trouble, it is found and the others are answered.</summary>
    private async Task AnswerAlone(IJobWork work, OpenShard shard, CancellationToken drain)
    {
        try
        {
            var (_, answers) = await Task.Run(() => work.Answer([shard], drain).Single(), CancellationToken.None);
            await reports.Answer(shard, answers, drain);
        }
        catch (Exception e) when (!drain.IsCancellationRequested)
        {
            await reports.Fail(shard, e.Message, drain);
        }
    }

    private async Task<IJobWork> Open(OpenShard shard, CancellationToken drain)
    {
        if (_open is { } open)
        {
            if (open.Job == shard.Job) return open.Work;
            open.Work.Dispose();
            _open = null;
        }
        var folder = await retry.ExecuteAsync(async _ => await PackageTransfer.Fetch(grains, shard.Request.Package, options.PackageFolder), drain);
        var work = await JobWork.Open(shard.Request, folder, options, grains);
        _open = (shard.Job, work);
        return work;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "job {job}: {reason}; its shards are answered one by one")]
    private partial void LogTrouble(string job, string reason);
}
