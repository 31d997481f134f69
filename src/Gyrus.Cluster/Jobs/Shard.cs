namespace Gyrus.Cluster.Jobs;

/// <inheritdoc cref="IShard"/>
/// <param name="files">What it is of; written once.</param>
/// <param name="course">What became of it; with its answers, so that end and answers are written together or not at all.</param>
internal sealed class Shard(
    [PersistentState("files")] IPersistentState<ShardFiles> files,
    [PersistentState("course")] IPersistentState<ShardCourse> course) : Grain, IShard
{
    /// <summary>So many nodes may end over a shard, or attempts fail, until it is tried no more.</summary>
    internal const int Patience = 3;

    /// <summary>So many nodes may end while a process of its own works on it, which ends none of them itself: something else is wrong then.</summary>
    internal const int IsolatedPatience = 10;

    public async Task Plan(string[] paths)
    {
        var packed = PackedText.Pack(paths);
        if (files.RecordExists)
        {
            if (files.State.Names.AsSpan().SequenceEqual(packed)) return;
            throw new GyrusException($"{this.GetPrimaryKeyLong(out var job)} of job {job}: this shard has other files. Begin another job.");
        }
        files.State = new ShardFiles { Names = packed, Count = paths.Length };
        await Write(files);
    }

    public async Task<ShardWork> Begin(NodeName node, bool isolates)
    {
        var state = course.State;
        if (state.End is { } end) return new ShardWork(state.Attempt, [], end);
        if (state.Node is { } before && !before.Equals(node)) state.Lost.Add(before);
        bool isSuspect = isolates && state.Lost.Count >= Patience - 1;
        if (state.Lost.Count >= (isSuspect ? IsolatedPatience : Patience))
        {
            state.Node = null;
            state.End = SetAside(
                $"the nodes {string.Join(", ", state.Lost.Select(lost => lost.Name))} ended while they worked on it. Classify its files one by one to find the one that ends the program, "
                + "or resume the job to try all of it again.");
        }
        else
        {
            state.Attempt++;
            state.Node = node;
        }
        await Write(course);
        return new ShardWork(state.Attempt, state.End is null ? PackedText.Unpack(files.State.Names) : [], state.End, isSuspect);
    }

    public async Task<ShardEnd?> Answer(int attempt, ShardAnswers answers)
    {
        var state = course.State;
        // Where the answer to this call was lost, it comes again.
        if (attempt != state.Attempt) return null;
        if (state.End is not null) return state.End;
        state.Answers = answers;
        state.Node = null;
        state.End = new ShardEnd(files.State.Count, answers.Errors);
        await Write(course);
        DeactivateOnIdle();
        return state.End;
    }

    public async Task<ShardEnd?> Fail(int attempt, string reason)
    {
        var state = course.State;
        if (attempt != state.Attempt || state.Node is null) return state.End;
        state.Node = null;
        state.Failures++;
        if (state.Failures >= Patience) state.End = new ShardEnd(files.State.Count, 0, reason);
        await Write(course);
        return state.End;
    }

    public async Task<ShardEnd?> Crash(int attempt, string reason)
    {
        var state = course.State;
        if (attempt != state.Attempt || state.Node is null) return state.End;
        state.Node = null;
        state.End = SetAside(
            $"the nodes {string.Join(", ", state.Lost.Select(lost => lost.Name))} ended while they worked on it, and then a process of its own: {reason}. Classify its files one by one to find the one that "
            + "ends the program.");
        await Write(course);
        return state.End;
    }

    public async Task GiveUp(int attempt)
    {
        if (attempt != course.State.Attempt || course.State.Node is null) return;
        course.State.Node = null;
        await Write(course);
    }

    public async Task Forgive()
    {
        if (course.State.End is null or { Trouble: null }) return;
        course.State = new ShardCourse { Attempt = course.State.Attempt };
        await Write(course);
    }

    public async Task Delete()
    {
        await files.ClearStateAsync();
        await course.ClearStateAsync();
        DeactivateOnIdle();
    }

    public Task<ShardAnswers?> Answers()
    {
        DeactivateOnIdle();
        return Task.FromResult(course.State.Answers);
    }

    public Task<string[]> Files() => Task.FromResult(files.RecordExists ? PackedText.Unpack(files.State.Names) : []);

    private ShardEnd SetAside(string reason) => new(files.State.Count, 0, reason, IsSetAside: true);

    /// <summary>Where a write fails, what is stored is not known: it is read again when next asked for.</summary>
    private async Task Write<T>(IPersistentState<T> state)
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}

/// <summary>The files of a shard, as they are stored.</summary>
[GenerateSerializer, Alias("gyrus.shard-files")]
internal sealed class ShardFiles
{
    /// <summary>Their paths (<see cref="PackedText"/>).</summary>
    [Id(0)]
    public byte[] Names { get; set; } = [];

    /// <summary>How many they are.</summary>
    [Id(1)]
    public int Count { get; set; }
}

/// <summary>What became of a shard so far, as it is stored.</summary>
[GenerateSerializer, Alias("gyrus.shard-course")]
internal sealed class ShardCourse
{
    /// <summary>The number of the last attempt; 0 where none was begun.</summary>
    [Id(0)]
    public int Attempt { get; set; }

    /// <summary>The node that has begun it; null where none is at it.</summary>
    [Id(1)]
    public NodeName? Node { get; set; }

    /// <summary>Nodes that began it and were gone before its end.</summary>
    [Id(2)]
    public List<NodeName> Lost { get; set; } = [];

    /// <summary>Attempts that failed by themselves.</summary>
    [Id(3)]
    public int Failures { get; set; }

    /// <summary>The answers; null where there are none.</summary>
    [Id(4)]
    public ShardAnswers? Answers { get; set; }

    /// <summary>The end; null where there is none yet.</summary>
    [Id(5)]
    public ShardEnd? End { get; set; }
}
