using Gyrus.Cluster.Jobs;

namespace Gyrus.Cluster.Work;

/// <summary>A shard that a node has begun.</summary>
/// <param name="Job">The job's name.</param>
/// <param name="Request">What the job does.</param>
/// <param name="Number">The shard's number.</param>
/// <param name="Attempt">The attempt that this is.</param>
/// <param name="Files">Its files.</param>
internal sealed record OpenShard(string Job, JobRequest Request, int Number, int Attempt, IReadOnlyList<string> Files);
