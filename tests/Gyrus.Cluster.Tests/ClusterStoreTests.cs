using Xunit;

namespace Gyrus.Cluster.Tests;

public sealed class ClusterStoreTests
{
    [Fact]
    public void EachKindOfStoreIsKnownByWhatIsGiven()
    {
        Assert.IsType<ClusterStore.OfOneNode>(ClusterStore.Parse(null));
        Assert.IsType<ClusterStore.OfOneNode>(ClusterStore.Parse(""));
        Assert.Equal(new ClusterStore.PostgreSql("Host=db;Database=gyrus"), ClusterStore.Parse("Host=db;Database=gyrus"));
        Assert.Equal(new ClusterStore.Redis("cache:6379,ssl=true"), ClusterStore.Parse("redis://cache:6379,ssl=true"));
    }

    [Theory]
    [InlineData("Host=db;Password=hush")]
    [InlineData("Nonsense=hush;Host=db;Database=x")]
    [InlineData("hush")]
    [InlineData("redis://")]
    [InlineData("redis://cache:6379,nonsense=hush")]
    public void AnythingElseIsRefusedWithoutRepeatingIt(string text)
    {
        var error = Assert.Throws<GyrusException>(() => ClusterStore.Parse(text));
        Assert.Contains("PostgreSQL connection string", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }
}
