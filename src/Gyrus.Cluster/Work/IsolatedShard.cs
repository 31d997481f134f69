using Gyrus.Cluster.Jobs;

namespace Gyrus.Cluster.Work;

/// <summary>A shard that is given to a process of its own, since nodes ended over it.</summary>
/// <param name="Request">What its job asks.</param>
/// <param name="Package">The folder of the job's package.</param>
/// <param name="Files">The shard's files, or addresses of studies.</param>
public sealed record IsolatedShard(JobRequest Request, string Package, IReadOnlyList<string> Files);

/// <summary>What became of such a process.</summary>
/// <param name="Answers">The answers; null where it ended without.</param>
/// <param name="Crash">How it ended, where it did by no will of its own; else null.</param>
public sealed record IsolatedOutcome(ShardAnswers? Answers, string? Crash);
