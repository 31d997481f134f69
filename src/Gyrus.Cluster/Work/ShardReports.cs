using Gyrus.Cluster.Jobs;
using Microsoft.Extensions.Logging;
using Polly;

namespace Gyrus.Cluster.Work;

/// <summary>Tells the cluster what became of shards, again and again where it is away.</summary>
internal sealed partial class ShardReports(IGrainFactory grains, ShardFeed feed, ResiliencePipeline retry, ILogger<ShardReports> log)
{
    /// <summary>The answers.</summary>
    public Task Answer(OpenShard shard, ShardAnswers answers, CancellationToken drain) => Tell(
        shard,
        async grain =>
        {
            var end = await grain.Answer(shard.Attempt, answers);
            if (end is null) LogSuperseded(shard.Job, shard.Number, shard.Attempt);
            return end;
        },
        drain);

    /// <summary>It failed.</summary>
    public Task Fail(OpenShard shard, string reason, CancellationToken drain) => Tell(shard, grain => grain.Fail(shard.Attempt, reason), drain);

    /// <summary>The process of its own ended over it.</summary>
    public Task Crash(OpenShard shard, string reason, CancellationToken drain) => Tell(shard, grain => grain.Crash(shard.Attempt, reason), drain);

    private async Task Tell(OpenShard shard, Func<IShard, Task<ShardEnd?>> what, CancellationToken drain)
    {
        await retry.ExecuteAsync(
            async _ =>
            {
                if (await what(grains.GetGrain<IShard>(shard.Number, shard.Job)) is { } end) await grains.GetGrain<IJob>(shard.Job).Ended(shard.Number, end);
            },
            drain);
        feed.Drop(shard);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "job {job}, shard {shard}: attempt {attempt} was over before its answers came, and another's count")]
    private partial void LogSuperseded(string job, int shard, int attempt);
}
