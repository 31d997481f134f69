namespace Gyrus.Cluster.Replicas;

/// <inheritdoc cref="IReplicaList"/>
internal sealed class ReplicaList(TimeProvider clock) : Grain, IReplicaList
{
    /// <summary>How often a replica says that it lives.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    /// <summary>How long a replica is believed to live that says nothing: three words of it may be lost or late.</summary>
    public static readonly TimeSpan Patience = 4 * Beat;

    private readonly Dictionary<IReplica, (int Room, long Said)> _replicas = [];

    public Task Renew(IReplica replica, int room)
    {
        _replicas[replica] = (room, clock.GetTimestamp());
        return Task.CompletedTask;
    }

    public Task Leave(IReplica replica)
    {
        _replicas.Remove(replica);
        return Task.CompletedTask;
    }

    public Task<bool> Has(IReplica replica)
    {
        Forget();
        return Task.FromResult(_replicas.ContainsKey(replica));
    }

    public Task<int> Room(IReplica but)
    {
        Forget();
        return Task.FromResult(_replicas.Where(one => !one.Key.Equals(but)).Sum(one => one.Value.Room));
    }

    public Task<IReplica[]> Take(IReplica[] but, int count)
    {
        Forget();
        List<IReplica> taken = [];
        // As few of them as can be: what comes together goes through a network together.
        foreach (var (replica, (room, said)) in _replicas.Where(one => !but.Contains(one.Key)).OrderByDescending(one => one.Value.Room).ToList())
        {
            int some = Math.Min(room, count - taken.Count);
            taken.AddRange(Enumerable.Repeat(replica, some));
            if (taken.Count < count) continue;
            foreach (var one in taken.CountBy(one => one)) _replicas[one.Key] = _replicas[one.Key] with { Room = _replicas[one.Key].Room - one.Value };
            return Task.FromResult(taken.ToArray());
        }
        return Task.FromResult(Array.Empty<IReplica>());
    }

    private void Forget()
    {
        foreach (var (replica, _) in _replicas.Where(one => clock.GetElapsedTime(one.Value.Said) > Patience).ToList()) _replicas.Remove(replica);
    }
}
