using System.CommandLine;
using System.Threading.RateLimiting;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Limits;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>What replicas of a service share by a cluster. Of its own, so that a service without one loads nothing of clusters.</summary>
internal sealed class SharedService : IAsyncDisposable
{
    private readonly ClusterClient _cluster;

    private SharedService(ClusterClient cluster) => _cluster = cluster;

    /// <summary>Connects.</summary>
    /// <exception cref="GyrusException">No node answers.</exception>
    public static async Task<SharedService> Connect(ClusterFlags flags, ParseResult parsed, CancellationToken cancellation) => new(await flags.Connect(parsed, cancellation));

    /// <summary>A key's limit.</summary>
    public RateLimiter Limit(string key, int perMinute) => new SharedRateLimiter(_cluster, key, perMinute);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
