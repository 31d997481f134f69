using Microsoft.Extensions.Logging;

namespace Gyrus.Cluster.Jobs;

/// <inheritdoc cref="IJob"/>
internal sealed partial class Job(
    [PersistentState("job")] IPersistentState<JobState> stored,
    IClusterMembershipService members, ILocalSiloDetails node, TimeProvider clock, ILogger<Job> log) : Grain, IJob
{
    /// <summary>How often counts are written.</summary>
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(2);

    /// <summary>After a loss of this grain nothing is given for as long: the nodes say first what they have. They ask more often.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly ShardQueue _queue = new();
    private readonly Dictionary<string, string> _refusals = [];
    private readonly RecentRate _rate = new(clock);
    private DateTimeOffset _givesFrom;
    private bool _changed;
    private bool _itsTurn;

    private JobState State => stored.State;

    private bool IsOpen => State.Status is JobStatus.Planning or JobStatus.Running;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (State.Shards > 0 && IsOpen) _givesFrom = clock.GetUtcNow() + Grace;
        this.RegisterGrainTimer(WriteCounts, new GrainTimerCreationOptions(WriteEvery, WriteEvery));
        return Task.CompletedTask;
    }

    public async Task Begin(JobRequest request)
    {
        if (State.Request is { } before)
        {
            if (before.Equals(request)) return;
            throw new GyrusException($"There is another job {this.GetPrimaryKeyString()}. Begin one of another name.");
        }
        State.Request = request;
        await Write();
        await List().Add(this.GetPrimaryKeyString());
    }

    public async Task Extend(int shards, long files, bool whole)
    {
        if (shards < State.Shards || State.IsWhole) return;
        (State.Shards, State.Files, State.IsWhole) = (shards, files, whole);
        if (whole && State.Status == JobStatus.Planning) State.Status = JobStatus.Running;
        await EndWhereAllIsDone();
        await Write();
    }

    public Task<JobFacts?> Facts() => Task.FromResult(State.Request is not { } request ? null : new JobFacts(
        this.GetPrimaryKeyString(), request, State.Status, State.Shards, State.EndedCount, State.Files, State.FilesDone, State.Errors, [.. State.Troubles], new Dictionary<string, string>(_refusals),
        _queue.Nodes.ToDictionary(pair => pair.Key.Name, pair => pair.Value), _rate.PerSecond, node.Name));

    public Task Pause() => !IsOpen ? Task.CompletedTask : SetStatus(JobStatus.Paused, open: false);

    public async Task Resume()
    {
        if (State.Request is null || State.Status == JobStatus.Cancelled) return;
        foreach (var trouble in State.Troubles) await Shard(trouble.Shard).Forgive();
        foreach (int shard in State.ForgetTroubles()) _queue.Again(shard);
        _refusals.Clear();
        await SetStatus(State.IsWhole ? JobStatus.Running : JobStatus.Planning, open: true);
        await EndWhereAllIsDone();
    }

    public Task Cancel() => State.Request is null || State.Status == JobStatus.Done ? Task.CompletedTask : SetStatus(JobStatus.Cancelled, open: false);

    public async Task Delete()
    {
        await List().Remove(this.GetPrimaryKeyString());
        await stored.ClearStateAsync();
        DeactivateOnIdle();
    }

    public async Task<int[]> Take(NodeName node, int[] held, int count)
    {
        _queue.Hold(node, held, State.HasEnded);
        var now = members.CurrentSnapshot;
        _queue.Bury(holder => now.GetSiloStatus(holder.Address) == SiloStatus.Dead);
        bool gives = count > 0 && IsOpen && clock.GetUtcNow() >= _givesFrom && await IsItsTurn();
        return gives ? _queue.Take(node, count, State.Shards, State.HasEnded) : [];
    }

    public async Task Ended(int shard, ShardEnd end)
    {
        _queue.End(shard);
        if (!State.Count(shard, end)) return;
        _changed = true;
        _rate.Add(end.Files);
        if (end.Trouble is { } reason) LogTrouble(this.GetPrimaryKeyString(), shard, reason);
        await EndWhereAllIsDone();
    }

    public Task GiveBack(NodeName node, int shard)
    {
        _queue.GiveBack(node, shard);
        return Task.CompletedTask;
    }

    public Task Refuse(NodeName node, string reason)
    {
        _refusals[node.Name] = reason;
        return Task.CompletedTask;
    }

    /// <summary>Whether the job that it waits for is done, or is gone, which the node that needs its answers finds out.</summary>
    private async Task<bool> IsItsTurn()
    {
        if (_itsTurn || State.Request?.After is not { } before) return true;
        return _itsTurn = await GrainFactory.GetGrain<IJob>(before).Facts() is not { Status: not JobStatus.Done };
    }

    private async Task EndWhereAllIsDone()
    {
        if (!State.IsWhole || State.EndedCount < State.Shards || State.Status is not (JobStatus.Running or JobStatus.Planning)) return;
        await SetStatus(JobStatus.Done, open: false);
    }

    private async Task SetStatus(JobStatus status, bool open)
    {
        State.Status = status;
        await Write();
        await List().Set(this.GetPrimaryKeyString(), open);
    }

    private async Task WriteCounts(CancellationToken cancel)
    {
        if (_changed) await Write();
    }

    private async Task Write()
    {
        _changed = false;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is stored is not known: it is read again, and shards whose end is not counted say so when they are begun again.
            DeactivateOnIdle();
            throw;
        }
    }

    private IJobList List() => GrainFactory.GetGrain<IJobList>(IJobList.Key);

    private IShard Shard(int number) => GrainFactory.GetGrain<IShard>(number, this.GetPrimaryKeyString());

    [LoggerMessage(Level = LogLevel.Warning, Message = "job {job}, shard {shard}: {reason}")]
    private partial void LogTrouble(string job, int shard, string reason);
}
