using FsCheck;
using FsCheck.Fluent;
using Gyrus.Cluster.Jobs;
using Xunit;

namespace Gyrus.Cluster.Tests.Jobs;

public sealed class ShardCutTests
{
    [Fact]
    public void NothingIsLostMovedCutOrPutTogetherBeyondTheLimits() => Prop.ForAll(
        Gen.Choose(0, 500).Zip(Gen.Choose(1, 4)).ListOf().Select(units => units.Select((unit, place) => (Unit(place, unit.Item2), (long)unit.Item1)).ToArray()).ToArbitrary(),
        Gen.Choose(1, 9).ToArbitrary(),
        Gen.Choose(1, 2000).ToArbitrary(),
        (units, most, bytes) =>
        {
            var shards = new ShardCut(most, bytes).Of(units).ToList();
            Assert.Equal(units.SelectMany(unit => unit.Item1), shards.SelectMany(shard => shard));
            int next = 0;
            foreach (var shard in shards)
            {
                var of = units.Skip(next).TakeWhile(unit => shard.Contains(unit.Item1[0])).ToList();
                next += of.Count;
                Assert.Equal(of.SelectMany(unit => unit.Item1), shard);
                // It is closed by the unit that reaches a limit, and by no later one.
                Assert.True(of.SkipLast(1).Sum(unit => unit.Item2) < bytes && of.SkipLast(1).Sum(unit => unit.Item1.Count) < most);
                Assert.True(shard == shards[^1] || shard.Count >= most || of.Sum(unit => unit.Item2) >= bytes);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void AShardIsThereAsSoonAsItsLastFileIs()
    {
        int read = 0;
        IEnumerable<(IReadOnlyList<string>, long)> Files()
        {
            for (; ; read++) yield return ([$"{read}.png"], 1);
        }

        Assert.Equal(3, new ShardCut(3).Of(Files()).First().Count);
        Assert.Equal(2, read);
    }

    private static IReadOnlyList<string> Unit(int place, int files) => [.. Enumerable.Range(0, files).Select(file => $"{place}-{file}.png")];
}
