namespace Gyrus.Cluster.Jobs;

/// <summary>
/// A job: it hands out shards and counts what became of them. Its key is the job's name. There is one of it in a cluster; where its node ends it goes on on another, when a node
/// next asks. What a shard's end is, the shard itself knows; what is counted here is written every now and then, and made up for after a loss.
/// </summary>
[Alias("gyrus.job")]
public interface IJob : IGrainWithStringKey
{
    /// <summary>Begins the job. Said twice it is begun once.</summary>
    /// <exception cref="GyrusException">There is another job of this name.</exception>
    [Alias("begin")]
    Task Begin(JobRequest request);

    /// <summary>Tells of shards whose files are named (<see cref="IShard.Plan"/>).</summary>
    /// <param name="shards">How many shards there are now, from number 0 on.</param>
    /// <param name="files">How many files there are now.</param>
    /// <param name="whole">Whether these are all.</param>
    [Alias("extend")]
    Task Extend(int shards, long files, bool whole);

    /// <summary>What is known of it; null where there is no such job.</summary>
    [Alias("facts")]
    Task<JobFacts?> Facts();

    /// <summary>Has no more shards begun until <see cref="Resume"/>; those that are begun are ended.</summary>
    [Alias("pause")]
    Task Pause();

    /// <summary>Goes on, and tries again the shards that failed or were set aside.</summary>
    [Alias("resume")]
    Task Resume();

    /// <summary>Gives the job up. What is answered stays.</summary>
    [Alias("cancel")]
    Task Cancel();

    /// <summary>Removes it from the store and from the list; its shards are removed before (<see cref="IShard.Delete"/>).</summary>
    [Alias("delete")]
    Task Delete();

    /// <summary>Gives a node shards to work on. A shard that is given is the node's while the cluster counts it as one of its own.</summary>
    /// <param name="node">The node.</param>
    /// <param name="held">The shards of this job that it has: after a loss of this grain they are its again.</param>
    /// <param name="count">How many more it wants, 0 for none.</param>
    [Alias("take")]
    Task<int[]> Take(NodeName node, int[] held, int count);

    /// <summary>Tells what became of a shard. Counted once, however often it is said.</summary>
    [Alias("ended")]
    Task Ended(int shard, ShardEnd end);

    /// <summary>A node gives a shard back undone, as where it drains.</summary>
    [Alias("give-back")]
    Task GiveBack(NodeName node, int shard);

    /// <summary>A node takes no part.</summary>
    /// <param name="node">The node.</param>
    /// <param name="reason">Why.</param>
    [Alias("refuse")]
    Task Refuse(NodeName node, string reason);
}
