using System.Diagnostics.Metrics;
using Gyrus.Cluster.Jobs;
using Microsoft.Extensions.Hosting;

namespace Gyrus.Cluster.Hosting;

/// <summary>How much work waits in the cluster, for scaling it: the same on every node.</summary>
public sealed class JobGauges : BackgroundService
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Gyrus.Cluster";

    /// <summary>The gauge of shards that wait.</summary>
    public const string Waiting = "gyrus.cluster.shards.waiting";

    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);

    private readonly IGrainFactory _grains;
    private readonly TimeProvider _clock;
    private readonly Meter _meter = new(Name);
    private long _waiting, _working;

    /// <summary>Makes the gauges.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="clock">The clock.</param>
    public JobGauges(IGrainFactory grains, TimeProvider clock)
    {
        (_grains, _clock) = (grains, clock);
        _meter.CreateObservableGauge(Waiting, () => Volatile.Read(ref _waiting), "{shard}", "Shards of jobs that are worked on which no node has begun.");
        _meter.CreateObservableGauge("gyrus.cluster.shards.working", () => Volatile.Read(ref _working), "{shard}", "Shards that nodes have.");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AskEvery, _clock);
        do
        {
            try
            {
                await Ask();
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // The store or the jobs' node is away: the numbers stay as they were.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Ask()
    {
        long waiting = 0, working = 0;
        foreach (var job in await _grains.GetGrain<IJobList>(IJobList.Key).Open())
        {
            if (await _grains.GetGrain<IJob>(job).Facts() is not { } facts) continue;
            int held = facts.Nodes.Values.Sum();
            working += held;
            waiting += Math.Max(0, facts.Shards - facts.ShardsEnded - held);
        }
        Volatile.Write(ref _waiting, waiting);
        Volatile.Write(ref _working, working);
    }
}
