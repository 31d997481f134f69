using Gyrus.Cluster.Limits;
using Gyrus.Cluster.Tests.Running;
using Xunit;

namespace Gyrus.Cluster.Tests.Limits;

public sealed class SharedRateLimiterTests : IAsyncLifetime
{
    private RunningCluster _cluster = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _cluster = await RunningCluster.Start(new ClusterStore.OfOneNode(), nodes: 1);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task TwoReplicasLetThroughTogetherWhatOneWould()
    {
        using var one = new SharedRateLimiter(_cluster.Client, "radiology", 10);
        await using var second = await _cluster.Connect(null);
        using var other = new SharedRateLimiter(second, "radiology", 10);
        int granted = 0;
        for (int request = 0; request < 20; request++)
        {
            using var lease = await (request % 2 == 0 ? one : other).AcquireAsync(cancellationToken: Cancel);
            if (lease.IsAcquired) granted++;
        }
        Assert.Equal(10, granted);
    }

    [Fact]
    public async Task CallersAreLimitedEachForItself()
    {
        using var one = new SharedRateLimiter(_cluster.Client, "one", 1);
        using var other = new SharedRateLimiter(_cluster.Client, "other", 1);
        Assert.True((await one.AcquireAsync(cancellationToken: Cancel)).IsAcquired);
        Assert.False((await one.AcquireAsync(cancellationToken: Cancel)).IsAcquired);
        Assert.True((await other.AcquireAsync(cancellationToken: Cancel)).IsAcquired);
    }

    [Fact]
    public async Task WithoutAnAnswerAReplicaLimitsByItself()
    {
        using var limiter = new SharedRateLimiter(_cluster.Client, "radiology", 2);
        await _cluster.StopAll();
        Assert.True((await limiter.AcquireAsync(cancellationToken: Cancel)).IsAcquired);
        Assert.True((await limiter.AcquireAsync(cancellationToken: Cancel)).IsAcquired);
        Assert.False((await limiter.AcquireAsync(cancellationToken: Cancel)).IsAcquired);
    }
}
