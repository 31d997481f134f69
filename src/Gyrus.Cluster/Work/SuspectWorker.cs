using Gyrus.Cluster.Packages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;

namespace Gyrus.Cluster.Work;

/// <summary>Has shards over which nodes ended answered one by one, each by a process of its own: what ends that one is set aside, and what was there by chance is answered.</summary>
internal sealed partial class SuspectWorker(
    IGrainFactory grains, ShardFeed feed, ShardReports reports, WorkOptions options, ResiliencePipeline retry, ILogger<SuspectWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var shard in feed.Suspects.ReadAllAsync(stoppingToken)) await Answer(shard, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // It drains.
        }
    }

    private async Task Answer(OpenShard shard, CancellationToken drain)
    {
        LogSuspect(shard.Job, shard.Number);
        IsolatedOutcome outcome;
        try
        {
            var package = await retry.ExecuteAsync(async _ => await PackageTransfer.Fetch(grains, shard.Request.Package, options.PackageFolder), drain);
            outcome = await options.Isolate!(new IsolatedShard(shard.Request, package, shard.Files), drain);
        }
        catch (Exception e) when (!drain.IsCancellationRequested)
        {
            await reports.Fail(shard, e.Message, drain);
            return;
        }
        if (outcome.Answers is { } answers) await reports.Answer(shard, answers, drain);
        else await reports.Crash(shard, outcome.Crash!, drain);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "job {job}, shard {shard}: nodes ended while they worked on it, and it is given to a process of its own")]
    private partial void LogSuspect(string job, int shard);
}
