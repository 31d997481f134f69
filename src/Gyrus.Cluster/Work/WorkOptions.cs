using Gyrus.Cluster.Jobs;

namespace Gyrus.Cluster.Work;

/// <summary>How a node does its work.</summary>
/// <param name="PackageFolder">Where model packages of the cluster are kept.</param>
public sealed record WorkOptions(string PackageFolder)
{
    /// <summary>Threads that classify, and settings that are tried at once; 0 for as many as there are cores.</summary>
    public int Workers { get; init; }

    /// <summary>The same, where 0 is counted out.</summary>
    internal int WorkerCount => Workers > 0 ? Workers : Environment.ProcessorCount;

    /// <summary>Where runs of training are kept until they are done, so that a node that is started again goes on with its own.</summary>
    public string RunFolder { get; init; } = Path.Combine(PackageFolder, "runs");

    /// <summary>Where networks are kept as they were optimised (<see cref="Inference.ClassifierOptions.GraphFolder"/>); null for nowhere.</summary>
    public string? GraphFolder { get; init; }

    /// <summary>Answers shards in place of a classifier, given their files; null for a classifier. For measuring what the cluster itself costs, with more nodes than cores.</summary>
    public Func<IReadOnlyList<string>, Task<ShardAnswers>>? Simulated { get; init; }

    /// <summary>Answers a shard of images or studies in a process of its own, which may end without taking the node with it; null where the node cannot, and whatever ends it ends it.</summary>
    public Func<IsolatedShard, CancellationToken, Task<IsolatedOutcome>>? Isolate { get; init; }
}
