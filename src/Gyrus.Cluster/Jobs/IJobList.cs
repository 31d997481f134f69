namespace Gyrus.Cluster.Jobs;

/// <summary>The jobs of a cluster. There is one list, of the key <see cref="Key"/>.</summary>
[Alias("gyrus.job-list")]
public interface IJobList : IGrainWithStringKey
{
    /// <summary>The key.</summary>
    const string Key = "jobs";

    /// <summary>Adds a job, which is open. Said twice it is added once.</summary>
    [Alias("add")]
    Task Add(string job);

    /// <summary>Says whether a job has shards to work on.</summary>
    [Alias("set")]
    Task Set(string job, bool open);

    /// <summary>Takes a job off the list.</summary>
    [Alias("remove")]
    Task Remove(string job);

    /// <summary>All jobs, the oldest first.</summary>
    [Alias("all")]
    Task<string[]> All();

    /// <summary>The jobs that have shards to work on, the oldest first.</summary>
    [Alias("open")]
    Task<string[]> Open();
}
