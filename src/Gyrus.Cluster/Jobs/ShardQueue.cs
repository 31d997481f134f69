namespace Gyrus.Cluster.Jobs;

/// <summary>Which shards of a job wait, and which node has which: in memory alone, and made anew from what the nodes say they have.</summary>
internal sealed class ShardQueue
{
    private readonly Dictionary<int, NodeName> _held = [];
    private readonly SortedSet<int> _returned = [];
    private int _next;

    /// <summary>How many shards each node has.</summary>
    public IReadOnlyDictionary<NodeName, int> Nodes => _held.Values.CountBy(node => node).ToDictionary();

    /// <summary>Takes what a node says it has: these are its own where no other living node has them, and what it does not name it does not have, as where the answer that
    /// gave it was lost.</summary>
    public void Hold(NodeName node, int[] held, Func<int, bool> ended)
    {
        foreach (int shard in held)
        {
            if (ended(shard)) continue;
            if (_held.TryAdd(shard, node)) _returned.Remove(shard);
        }
        Return((shard, holder) => holder.Equals(node) && !held.Contains(shard));
    }

    /// <summary>Takes back what nodes have that are gone.</summary>
    public void Bury(Func<NodeName, bool> gone) => Return((_, holder) => gone(holder));

    /// <summary>Takes a shard back that its node has not done.</summary>
    public void GiveBack(NodeName node, int shard) => Return((held, holder) => held == shard && holder.Equals(node));

    /// <summary>Forgets who has a shard that has ended.</summary>
    public void End(int shard)
    {
        _held.Remove(shard);
        _returned.Remove(shard);
    }

    /// <summary>Has a shard wait again that had ended.</summary>
    public void Again(int shard)
    {
        if (shard < _next) _returned.Add(shard);
    }

    /// <summary>Gives a node the first shards that wait.</summary>
    /// <param name="node">The node.</param>
    /// <param name="count">How many, at most.</param>
    /// <param name="shards">How many shards there are.</param>
    /// <param name="ended">Which have ended.</param>
    public int[] Take(NodeName node, int count, int shards, Func<int, bool> ended)
    {
        var taken = new List<int>();
        while (taken.Count < count)
        {
            int shard = _returned.Count > 0 ? _returned.Min : _next < shards ? _next++ : -1;
            if (shard < 0) break;
            _returned.Remove(shard);
            if (ended(shard) || !_held.TryAdd(shard, node)) continue;
            taken.Add(shard);
        }
        return [.. taken];
    }

    private void Return(Func<int, NodeName, bool> which)
    {
        foreach (int shard in _held.Where(pair => which(pair.Key, pair.Value)).Select(pair => pair.Key).ToList())
        {
            _held.Remove(shard);
            // Those from the next on are given when their turn comes.
            if (shard < _next) _returned.Add(shard);
        }
    }
}
