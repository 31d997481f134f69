using System.CommandLine;
using System.Threading.RateLimiting;
using Gyrus.Cluster.Connecting;
using Gyrus.Cluster.Limits;
using Gyrus.Cluster.Replicas;
using Gyrus.Inference;
using Gyrus.Server.Classification;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>What replicas of a service share by a cluster. Of its own, so that a service without one loads nothing of clusters.</summary>
internal sealed class SharedService : IOtherReplicas, IAsyncDisposable
{
    private readonly ClusterClient _cluster;
    private readonly ReplicaLink _link;

    private SharedService(ClusterClient cluster) => (_cluster, _link) = (cluster, new ReplicaLink(cluster));

    /// <summary>Connects.</summary>
    /// <exception cref="GyrusException">No node answers.</exception>
    public static async Task<SharedService> Connect(ClusterFlags flags, ParseResult parsed, CancellationToken cancellation) => new(await flags.Connect(parsed, cancellation));

    /// <summary>A key's limit.</summary>
    public RateLimiter Limit(string key, int perMinute) => new SharedRateLimiter(_cluster, key, perMinute);

    public void Join(ScanClassifier classifier, Func<int> room, Func<IReadOnlyList<ScanFile>, CancellationToken, Task<ScanResult[]?>> answer) => _link.Join(classifier, room, answer);

    public async Task<bool> HaveRoom() => await _link.Room() > 0;

    public Task<ScanResult[]?> Answer(IReadOnlyList<ScanFile> files, CancellationToken cancellation) => _link.Answer(files, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
