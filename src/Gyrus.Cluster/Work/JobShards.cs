namespace Gyrus.Cluster.Work;

/// <summary>The shards of one job that a node has begun, as they come, until one of another job is next.</summary>
/// <param name="feed">Where they come from.</param>
/// <param name="job">The job.</param>
internal sealed class JobShards(ShardFeed feed, string job)
{
    private readonly Lock _taking = new();
    private readonly List<OpenShard> _open = [];
    private bool _closed;

    /// <summary>Goes through them; waits where none is there.</summary>
    /// <param name="stop">Ends the waiting.</param>
    public IEnumerable<OpenShard> All(CancellationToken stop)
    {
        while (feed.Begun.WaitToReadAsync(stop).AsTask().GetAwaiter().GetResult() && Take() is { } shard) yield return shard;
    }

    /// <summary>Says that a shard's end is told.</summary>
    public void End(OpenShard shard)
    {
        lock (_taking) _open.Remove(shard);
    }

    /// <summary>Takes no more, whoever still goes through them.</summary>
    /// <returns>Those that were taken and have no end.</returns>
    public IReadOnlyList<OpenShard> Close()
    {
        lock (_taking)
        {
            _closed = true;
            return [.. _open];
        }
    }

    private OpenShard? Take()
    {
        lock (_taking)
        {
            if (_closed || !feed.Begun.TryPeek(out var next) || next.Job != job || !feed.Begun.TryRead(out next)) return null;
            _open.Add(next);
            return next;
        }
    }
}
