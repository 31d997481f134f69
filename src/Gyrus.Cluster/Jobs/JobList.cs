namespace Gyrus.Cluster.Jobs;

/// <inheritdoc cref="IJobList"/>
internal sealed class JobList([PersistentState("jobs")] IPersistentState<ListedJobs> stored) : Grain, IJobList
{
    public Task Add(string job) => stored.State.Jobs.Contains(job) ? Task.CompletedTask : Change(jobs =>
    {
        jobs.Jobs.Add(job);
        jobs.Open.Add(job);
    });

    public Task Set(string job, bool open) => stored.State.Open.Contains(job) == open || !stored.State.Jobs.Contains(job) ? Task.CompletedTask : Change(jobs =>
    {
        if (!open) jobs.Open.Remove(job);
        else jobs.Open.Insert(jobs.Open.FindIndex(other => jobs.Jobs.IndexOf(other) > jobs.Jobs.IndexOf(job)) is var later and >= 0 ? later : jobs.Open.Count, job);
    });

    public Task Remove(string job) => !stored.State.Jobs.Contains(job) ? Task.CompletedTask : Change(jobs =>
    {
        jobs.Jobs.Remove(job);
        jobs.Open.Remove(job);
    });

    public Task<string[]> All() => Task.FromResult(stored.State.Jobs.ToArray());

    public Task<string[]> Open() => Task.FromResult(stored.State.Open.ToArray());

    private async Task Change(Action<ListedJobs> change)
    {
        change(stored.State);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}

/// <summary>The list as it is stored.</summary>
[GenerateSerializer, Alias("gyrus.listed-jobs")]
internal sealed class ListedJobs
{
    /// <summary>All, the oldest first.</summary>
    [Id(0)]
    public List<string> Jobs { get; set; } = [];

    /// <summary>Those that have shards to work on, the oldest first.</summary>
    [Id(1)]
    public List<string> Open { get; set; } = [];
}
