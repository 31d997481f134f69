using Gyrus.Cluster.Jobs;

namespace Gyrus.Cluster.Work;

/// <summary>Does what a job asks, shard by shard.</summary>
internal interface IJobWork : IDisposable
{
    /// <summary>Answers shards.</summary>
    /// <param name="shards">The shards; gone through ahead of the answers, and on other threads.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>Each shard with its answers, as soon as they are there.</returns>
    /// <exception cref="GyrusException">A shard makes trouble that is no fault of reading an image.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    IEnumerable<(OpenShard Shard, ShardAnswers Answers)> Answer(IEnumerable<OpenShard> shards, CancellationToken cancel);
}
