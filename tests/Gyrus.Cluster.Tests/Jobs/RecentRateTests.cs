using Gyrus.Cluster.Jobs;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Gyrus.Cluster.Tests.Jobs;

public sealed class RecentRateTests
{
    [Fact]
    public void CountsTheLastMinuteAlone()
    {
        var clock = new FakeTimeProvider();
        var rate = new RecentRate(clock);
        rate.Add(100);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(5, rate.PerSecond);
        clock.Advance(TimeSpan.FromSeconds(30));
        rate.Add(60);
        clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(1, rate.PerSecond);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, rate.PerSecond);
    }
}
