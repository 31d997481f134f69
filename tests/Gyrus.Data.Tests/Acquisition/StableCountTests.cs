using Gyrus.Data.Acquisition;
using Xunit;

namespace Gyrus.Data.Tests.Acquisition;

public sealed class StableCountTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Clusters_that_are_there_are_found_again_and_others_are_not(int there) =>
        Assert.InRange(StableCount.Of(Points(400, there), 1, TestContext.Current.CancellationToken), there, there == 1 ? 1 : there + 1);

    [Fact]
    public void Few_points_are_one_cluster() =>
        Assert.Equal(1, StableCount.Of(Points(StableCount.FewestPoints - 1, 2), 1, TestContext.Current.CancellationToken));

    [Fact]
    public void Points_that_are_all_the_same_give_one_centre()
    {
        var clusters = KMeans.Fit([.. Enumerable.Repeat<float[]>([1, 2], 50)], 3, 1, TestContext.Current.CancellationToken);

        Assert.Equal([1f, 2f], Assert.Single(clusters.Centres));
        Assert.Equal(0, clusters.Within);
    }

    private static List<float[]> Points(int count, int clusters)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, 8)
            .Select(j => (float)(random.NextDouble() + random.NextDouble() - 1 + (j == i % clusters ? 4 : 0))).ToArray())];
    }
}
