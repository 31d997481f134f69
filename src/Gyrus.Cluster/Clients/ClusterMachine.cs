using Gyrus.Cluster.Connecting;

namespace Gyrus.Cluster.Clients;

/// <summary>A node of a cluster, as the others know it.</summary>
/// <param name="Name">Its name, for people.</param>
/// <param name="Address">Its address and port among the nodes.</param>
/// <param name="Status">What it is doing: <c>active</c> where it takes part.</param>
/// <param name="Started">When it started, in UTC.</param>
public sealed record ClusterMachine(string Name, string Address, string Status, DateTime Started)
{
    /// <summary>The nodes of a cluster that are not gone, by name.</summary>
    /// <param name="cluster">The cluster.</param>
    public static async Task<IReadOnlyList<ClusterMachine>> List(ClusterClient cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var hosts = await cluster.Ask(grains => grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false));
        return [.. hosts.Where(host => host.Status != SiloStatus.Dead)
            .Select(host => new ClusterMachine(host.SiloName, host.SiloAddress.Endpoint.ToString(), host.Status.ToString().ToLowerInvariant(), host.StartTime))
            .OrderBy(host => host.Name, StringComparer.Ordinal).ThenBy(host => host.Address, StringComparer.Ordinal)];
    }
}
