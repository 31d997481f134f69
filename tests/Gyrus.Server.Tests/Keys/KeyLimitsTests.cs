using System.Threading.RateLimiting;
using Gyrus.Server.Keys;
using Xunit;

namespace Gyrus.Server.Tests.Keys;

public sealed class KeyLimitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(119)]
    [InlineData(179)]
    [InlineData(6000)]
    public void Window_gives_as_many_requests_as_the_key_is_good_for_and_none_of_them_back_within_the_minute(int perMinute)
    {
        var options = KeyLimits.Window(perMinute);
        using var limiter = new SlidingWindowRateLimiter(options);

        for (int i = 0; i < perMinute; i++) Assert.True(limiter.AttemptAcquire().IsAcquired);
        Assert.False(limiter.AttemptAcquire().IsAcquired);

        // What was used at once comes back at once, a whole window later: no sooner, and no more than was used.
        Assert.Equal(TimeSpan.FromMinutes(1), options.Window);
        Assert.Equal(TimeSpan.FromSeconds(1), limiter.ReplenishmentPeriod);
        Assert.Equal(perMinute, options.PermitLimit);
    }
}
