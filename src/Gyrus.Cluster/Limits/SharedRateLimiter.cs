using System.Threading.RateLimiting;
using Gyrus.Cluster.Connecting;

namespace Gyrus.Cluster.Limits;

/// <summary>A caller's limit that all replicas of a service share, as .NET's limiters are. Where the cluster does not answer in time each replica limits by itself, so that a cluster that is
/// away does not take the service with it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="caller">The caller.</param>
/// <param name="perMinute">Requests in any 60 seconds.</param>
public sealed class SharedRateLimiter(ClusterClient cluster, string caller, int perMinute) : RateLimiter
{
    /// <summary>How long a request waits for the cluster.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly SlidingWindowRateLimiter _own = new(Window(perMinute));

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => _own.IdleDuration;

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics() => null;

    /// <summary>A window that slides second by second: what was used comes back a minute later.</summary>
    internal static SlidingWindowRateLimiterOptions Window(int perMinute) => new()
    {
        PermitLimit = perMinute,
        Window = TimeSpan.FromMinutes(1),
        SegmentsPerWindow = 60,
        QueueLimit = 0,
    };

    /// <summary>Refuses: who asks without waiting then waits.</summary>
    protected override RateLimitLease AttemptAcquireCore(int permitCount) => new Lease(false);

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        // Counted here too, for when the cluster is away.
        var own = _own.AttemptAcquire(permitCount);
        try
        {
            bool isGranted = await cluster.AskOnce(grains => grains.GetGrain<IRequestWindow>(caller).Take(perMinute, permitCount)).WaitAsync(Patience, cancellationToken);
            own.Dispose();
            return new Lease(isGranted);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return own;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _own.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Lease(bool isGranted) : RateLimitLease
    {
        public override bool IsAcquired => isGranted;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
