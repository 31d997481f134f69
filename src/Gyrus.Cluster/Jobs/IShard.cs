namespace Gyrus.Cluster.Jobs;

/// <summary>
/// Some files of a job: what they are, who works on them and their answers. Its key is its number and the job's name. Answers are written once: by the attempt that was begun last, and by no other.
/// A node that the cluster counts as gone and that comes back has the number of an attempt that is over, and the store has a newer version of the shard than a lost activation knows.
/// </summary>
[Alias("gyrus.shard")]
public interface IShard : IGrainWithIntegerCompoundKey
{
    /// <summary>Names the files. Said twice it is done once.</summary>
    /// <exception cref="GyrusException">It has other files.</exception>
    [Alias("plan")]
    Task Plan(string[] paths);

    /// <summary>Begins an attempt, and ends all before it. A shard over which two nodes ended may have ended them, or be there by chance where nodes end for other reasons: who can gives it to a
    /// process of its own (<see cref="ShardWork.IsSuspect"/>), and is ended by it no more. With nodes that cannot, the third is the last.</summary>
    /// <param name="node">Who begins it.</param>
    /// <param name="isolates">Whether the node gives suspects to a process of their own.</param>
    [Alias("begin")]
    Task<ShardWork> Begin(NodeName node, bool isolates);

    /// <summary>Takes the answers of an attempt.</summary>
    /// <param name="attempt">Which.</param>
    /// <param name="answers">The answers.</param>
    /// <returns>What the shard's end is; null where the attempt is over and another's answers count.</returns>
    [Alias("answer")]
    Task<ShardEnd?> Answer(int attempt, ShardAnswers answers);

    /// <summary>Says that an attempt failed by itself, other than by its node's end.</summary>
    /// <param name="attempt">Which.</param>
    /// <param name="reason">Why.</param>
    /// <returns>What the shard's end is; null where it is to be tried again.</returns>
    [Alias("fail")]
    Task<ShardEnd?> Fail(int attempt, string reason);

    /// <summary>Says that the process to which it was given ended over it: it is set aside.</summary>
    /// <param name="attempt">Which.</param>
    /// <param name="reason">How the process ended.</param>
    /// <returns>What the shard's end is; null where the attempt is over.</returns>
    [Alias("crash")]
    Task<ShardEnd?> Crash(int attempt, string reason);

    /// <summary>Gives an attempt up that did no harm, as where a node drains: it does not count against the shard.</summary>
    [Alias("give-up")]
    Task GiveUp(int attempt);

    /// <summary>Forgets failures and lost nodes, so that it is tried again.</summary>
    [Alias("forgive")]
    Task Forgive();

    /// <summary>Removes it from the store.</summary>
    [Alias("delete")]
    Task Delete();

    /// <summary>The answers; null where there are none.</summary>
    [Alias("answers")]
    Task<ShardAnswers?> Answers();

    /// <summary>The files.</summary>
    [Alias("files")]
    Task<string[]> Files();
}

/// <summary>What a node gets that begins a shard: files to answer, or an end that is there already.</summary>
/// <param name="Attempt">The attempt's number.</param>
/// <param name="Files">The files, absolute; empty where there is an end.</param>
/// <param name="End">What became of the shard before; null where it is to be worked on.</param>
/// <param name="IsSuspect">Whether it is to be given to a process of its own.</param>
[GenerateSerializer, Immutable, Alias("gyrus.shard-work")]
public sealed record ShardWork(int Attempt, string[] Files, ShardEnd? End, bool IsSuspect = false);

/// <summary>Answers of a shard's files.</summary>
/// <param name="Lines">The lines of JSON (<see cref="Inference.AnswerJson.Line"/>), each with its end, in UTF-8 and compressed by Brotli.</param>
/// <param name="Images">How many there are: a file may hold several images.</param>
/// <param name="Errors">How many of them say that an image cannot be read.</param>
[GenerateSerializer, Immutable, Alias("gyrus.shard-answers")]
public sealed record ShardAnswers(byte[] Lines, int Images, int Errors);

/// <summary>What became of a shard.</summary>
/// <param name="Files">How many files it has.</param>
/// <param name="Errors">How many answers say that an image cannot be read.</param>
/// <param name="Trouble">Why it has no answers; null where it has them.</param>
/// <param name="IsSetAside">Whether it has none since nodes ended over it.</param>
[GenerateSerializer, Immutable, Alias("gyrus.shard-end")]
public sealed record ShardEnd(int Files, int Errors, string? Trouble = null, bool IsSetAside = false);
