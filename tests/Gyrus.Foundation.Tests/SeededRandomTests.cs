using Xunit;

namespace Gyrus.Foundation.Tests;

public sealed class SeededRandomTests
{
    /// <summary>As .NET 10's own generator gave them for the same seeds.</summary>
    [Theory]
    [InlineData(0, 1559595546, 39485280, 0.6349733307189184, 0.7496279f, 241, new[] { 5, 6, 1, 0, 4, 2, 7, 3 })]
    [InlineData(1, 534011718, 1623059226, 0.45840724066757005, 0.0012676949f, 92, new[] { 1, 0, 4, 6, 3, 2, 5, 7 })]
    [InlineData(-1, 534011718, 1623059226, 0.45840724066757005, 0.0012676949f, 92, new[] { 1, 0, 4, 6, 3, 2, 5, 7 })]
    [InlineData(161803399, 613510103, 73163222, 0.11652508104058219, 0.5093831f, 305, new[] { 2, 4, 1, 0, 6, 5, 7, 3 })]
    [InlineData(int.MaxValue, 1559595546, 25075516, 0.6419439365351312, 0.75559413f, 224, new[] { 5, 6, 1, 0, 4, 2, 7, 3 })]
    [InlineData(int.MinValue, 1559595546, 25075516, 0.6419439365351312, 0.75559413f, 224, new[] { 5, 6, 1, 0, 4, 2, 7, 3 })]
    [InlineData(2026, 343446667, 19731258, 0.9120748866871348, 0.57187265f, 699, new[] { 1, 2, 7, 0, 3, 5, 4, 6 })]
    public void A_seed_gives_these_numbers_for_good(
        int seed, int first, int afterThousand, double fraction, float single, int belowThousand, int[] order)
    {
        var (random, shuffling) = (new SeededRandom(seed), new SeededRandom(seed));
        var values = Enumerable.Range(0, 8).ToArray();

        Assert.Equal(first, new SeededRandom(seed).Next());
        for (int i = 0; i < 1000; i++) random.Next();
        Assert.Equal(afterThousand, random.Next());
        Assert.Equal(fraction, random.NextDouble());
        Assert.Equal(single, random.NextSingle());
        Assert.Equal(belowThousand, random.Next(1000));
        shuffling.Shuffle(values);
        Assert.Equal(order, values);
    }

    [Fact]
    public void Numbers_are_in_their_range_and_each_of_it_comes()
    {
        var random = new SeededRandom(7);

        var drawn = Enumerable.Range(0, 2000).Select(_ => random.Next(-3, 4)).ToHashSet();

        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], drawn.Order());
        Assert.Equal(5, random.Next(5, 5));
        Assert.Equal(0, random.Next(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.Next(int.MinValue, int.MaxValue));
    }
}
