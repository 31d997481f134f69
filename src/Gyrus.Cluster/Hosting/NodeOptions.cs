using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Work;

namespace Gyrus.Cluster.Hosting;

/// <summary>How a machine takes part in a cluster.</summary>
/// <param name="Store">The cluster.</param>
/// <param name="Work">How it does its work.</param>
public sealed record NodeOptions(ClusterStore Store, WorkOptions Work)
{
    /// <summary>The port of the nodes among each other.</summary>
    public const int DefaultPort = 11111;

    /// <summary>The address under which the other nodes reach this one; that of the machine's name where null.</summary>
    public string? Address { get; init; }

    /// <summary>The port of the nodes among each other.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The port of clients.</summary>
    public int GatewayPort { get; init; } = ClusterClient.DefaultGatewayPort;

    /// <summary>The node's name, for people; the machine's where null.</summary>
    public string? Name { get; init; }

    /// <summary>Where the node answers over HTTP with its health, with metrics, and to this machine alone with the dashboard of Orleans, such as <c>http://127.0.0.1:8090</c>; nowhere where null.</summary>
    public Uri? Http { get; init; }

    /// <summary>The cluster's secret, which all its nodes and clients have (<see cref="ClusterSecret"/>); null for none, where the network keeps others out.</summary>
    public ClusterSecret? Secret { get; init; }
}
