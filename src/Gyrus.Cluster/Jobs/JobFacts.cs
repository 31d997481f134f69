namespace Gyrus.Cluster.Jobs;

/// <summary>Where a job stands.</summary>
public enum JobStatus
{
    /// <summary>Its files are still being named; those that are named are worked on.</summary>
    Planning,

    /// <summary>It is worked on.</summary>
    Running,

    /// <summary>It waits until it is resumed.</summary>
    Paused,

    /// <summary>All its shards have ended; some may have failed or been set aside.</summary>
    Done,

    /// <summary>It was given up.</summary>
    Cancelled,
}

/// <summary>What is known of a job.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Request">What it does.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Shards">Its shards, as far as they are planned.</param>
/// <param name="ShardsEnded">Shards that are done, failed or set aside.</param>
/// <param name="Files">Its files, likewise.</param>
/// <param name="FilesDone">Files of the shards that are done.</param>
/// <param name="Errors">Images among them that could not be read: each has an answer that says so.</param>
/// <param name="Troubles">Shards without answers, and why.</param>
/// <param name="Refusals">Nodes that take no part, and why.</param>
/// <param name="Nodes">Nodes that work on it now, and on how many shards.</param>
/// <param name="FilesPerSecond">Files of shards that ended in the last minute, a second.</param>
/// <param name="Coordinator">The node on which the job itself lives now.</param>
[GenerateSerializer, Immutable, Alias("gyrus.job-facts")]
public sealed record JobFacts(
    string Id,
    JobRequest Request,
    JobStatus Status,
    int Shards,
    int ShardsEnded,
    long Files,
    long FilesDone,
    long Errors,
    ShardTrouble[] Troubles,
    Dictionary<string, string> Refusals,
    Dictionary<string, int> Nodes,
    double FilesPerSecond,
    string Coordinator);

/// <summary>A shard that has no answers.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="Reason">Why, and what to do.</param>
/// <param name="IsSetAside">Whether it ended the nodes that worked on it, rather than failing.</param>
[GenerateSerializer, Immutable, Alias("gyrus.shard-trouble")]
public sealed record ShardTrouble(int Shard, string Reason, bool IsSetAside);
