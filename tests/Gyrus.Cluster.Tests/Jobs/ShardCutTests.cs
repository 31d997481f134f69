using FsCheck;
using FsCheck.Fluent;
using Gyrus.Cluster.Jobs;
using Xunit;

namespace Gyrus.Cluster.Tests.Jobs;

public sealed class ShardCutTests
{
    [Fact]
    public void NothingIsLostMovedOrPutTogetherBeyondTheLimits() => Prop.ForAll(
        Gen.Choose(0, 500).ListOf().Select(sizes => sizes.Select((size, place) => ($"{place}.png", (long)size)).ToArray()).ToArbitrary(),
        Gen.Choose(1, 9).ToArbitrary(),
        Gen.Choose(1, 2000).ToArbitrary(),
        (files, most, bytes) =>
        {
            var shards = new ShardCut(most, bytes).Of(files).ToList();
            Assert.Equal(files.Select(file => file.Item1), shards.SelectMany(shard => shard));
            var size = files.ToDictionary(file => file.Item1, file => file.Item2);
            Assert.All(shards, shard =>
            {
                Assert.InRange(shard.Count, 1, most);
                // It is closed by the file that reaches the limit.
                Assert.True(shard.SkipLast(1).Sum(file => size[file]) < bytes);
            });
            // No shard could have taken more.
            Assert.All(shards.SkipLast(1), shard => Assert.True(shard.Count == most || shard.Sum(file => size[file]) >= bytes));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AShardIsThereAsSoonAsItsLastFileIs()
    {
        int read = 0;
        IEnumerable<(string, long)> Files()
        {
            for (; ; read++) yield return ($"{read}.png", 1);
        }

        Assert.Equal(3, new ShardCut(3).Of(Files()).First().Count);
        Assert.Equal(2, read);
    }
}
