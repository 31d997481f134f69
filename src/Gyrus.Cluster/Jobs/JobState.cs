namespace Gyrus.Cluster.Jobs;

/// <summary>A job as it is stored.</summary>
[GenerateSerializer, Alias("gyrus.job-state")]
internal sealed class JobState
{
    /// <summary>What it does; null where it was not begun.</summary>
    [Id(0)]
    public JobRequest? Request { get; set; }

    /// <summary>Where it stands.</summary>
    [Id(1)]
    public JobStatus Status { get; set; }

    /// <summary>Its shards, as far as they are planned.</summary>
    [Id(2)]
    public int Shards { get; set; }

    /// <summary>Its files, likewise.</summary>
    [Id(3)]
    public long Files { get; set; }

    /// <summary>Whether all its files are named.</summary>
    [Id(4)]
    public bool IsWhole { get; set; }

    /// <summary>A bit a shard, the first in the lowest of the first byte: whether it has ended. One that has and is not marked says so when it is begun again.</summary>
    [Id(5)]
    public byte[] Ended { get; set; } = [];

    /// <summary>How many bits are set.</summary>
    [Id(6)]
    public int EndedCount { get; set; }

    /// <summary>Files of shards that are done.</summary>
    [Id(7)]
    public long FilesDone { get; set; }

    /// <summary>Images that could not be read.</summary>
    [Id(8)]
    public long Errors { get; set; }

    /// <summary>Shards that ended without answers.</summary>
    [Id(9)]
    public List<ShardTrouble> Troubles { get; set; } = [];

    /// <summary>Whether a shard has ended.</summary>
    public bool HasEnded(int shard) => shard / 8 < Ended.Length && (Ended[shard / 8] & (1 << (shard % 8))) != 0;

    /// <summary>Counts a shard's end, once.</summary>
    /// <returns>Whether it was counted now.</returns>
    public bool Count(int shard, ShardEnd end)
    {
        if (HasEnded(shard)) return false;
        if (shard / 8 >= Ended.Length)
        {
            var more = new byte[Math.Max((shard / 8) + 1, Ended.Length * 2)];
            Ended.CopyTo(more, 0);
            Ended = more;
        }
        Ended[shard / 8] |= (byte)(1 << (shard % 8));
        EndedCount++;
        if (end.Trouble is { } reason)
        {
            Troubles.Add(new ShardTrouble(shard, reason, end.IsSetAside));
            return true;
        }
        FilesDone += end.Files;
        Errors += end.Errors;
        return true;
    }

    /// <summary>Takes the shards without answers out of the count.</summary>
    /// <returns>Their numbers.</returns>
    public IReadOnlyList<int> ForgetTroubles()
    {
        var shards = Troubles.ConvertAll(trouble => trouble.Shard);
        foreach (int shard in shards) Ended[shard / 8] &= (byte)~(1 << (shard % 8));
        EndedCount -= shards.Count;
        Troubles.Clear();
        return shards;
    }
}
