using Gyrus.Cluster.Jobs;

namespace Gyrus.Cluster.Hosting;

/// <summary>How a machine takes part in a cluster.</summary>
/// <param name="Store">The cluster.</param>
public sealed record NodeOptions(ClusterStore Store)
{
    /// <summary>The port of the nodes among each other.</summary>
    public const int DefaultPort = 11111;

    /// <summary>The port of clients, as of <c>gyrus job</c>.</summary>
    public const int DefaultGatewayPort = 30000;

    /// <summary>The address under which the other nodes reach this one; that of the machine's name where null.</summary>
    public string? Address { get; init; }

    /// <summary>The port of the nodes among each other.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The port of clients.</summary>
    public int GatewayPort { get; init; } = DefaultGatewayPort;

    /// <summary>The node's name, for people; the machine's where null.</summary>
    public string? Name { get; init; }

    /// <summary>The cluster's secret, which all its nodes and clients have (<see cref="ClusterSecret"/>); null for none, where the network keeps others out.</summary>
    public ClusterSecret? Secret { get; init; }

    /// <summary>Threads that classify; 0 for as many as there are cores.</summary>
    public int Workers { get; init; }

    /// <summary>Answers shards in place of a classifier, given their files; null for a classifier. For measuring what the cluster itself costs, with more nodes than cores.</summary>
    public Func<IReadOnlyList<string>, Task<ShardAnswers>>? Simulated { get; init; }

    /// <summary>Where model packages of the cluster are kept.</summary>
    public required string PackageFolder { get; init; }

    /// <summary>Where networks are kept as they were optimised (<see cref="Inference.ClassifierOptions.GraphFolder"/>); null for nowhere.</summary>
    public string? GraphFolder { get; init; }
}
