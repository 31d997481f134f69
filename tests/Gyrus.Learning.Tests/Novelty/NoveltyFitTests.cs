using Gyrus.Learning.Novelty;
using Xunit;

namespace Gyrus.Learning.Tests.Novelty;

public sealed class NoveltyFitTests
{
    private const int Length = 12;

    [Fact]
    public void Novelty_of_images_like_the_known_ones_is_two_on_average()
    {
        var statistics = NoveltyFit.Of(["layer"], Cloud(2000, seed: 1));

        Assert.Equal(2, Cloud(2000, seed: 2).Average(one => statistics.Novelty(one)), 0.15);
    }

    [Fact]
    public void Novelty_grows_with_the_distance_along_what_varies_and_across_it()
    {
        var statistics = NoveltyFit.Of(["layer"], Cloud(500, seed: 1));
        for (int d = 0; d < Length; d++)
        {
            double before = 0;
            foreach (int distance in new[] { 0, 5, 10, 20, 40 })
            {
                var one = new float[Length];
                one[d] = distance;
                double novelty = statistics.Novelty(one);
                Assert.True(novelty > before, $"feature {d} at {distance}");
                before = novelty;
            }
        }
    }

    [Fact]
    public void Novelty_tells_what_breaks_the_known_features_bond()
    {
        // Features 0 and 1 go together: both high is known, one alone is not, though each value is.
        var statistics = NoveltyFit.Of(["layer"], Cloud(2000, seed: 1));
        var together = new float[Length];
        var apart = new float[Length];
        (together[0], together[1], apart[0], apart[1]) = (6, 6, 6, -6);

        Assert.True(statistics.Novelty(apart) > 1.5 * statistics.Novelty(together));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.2)]
    public void Limit_refuses_the_share_of_validation_images_and_of_others_like_them(double refused)
    {
        var statistics = NoveltyFit.Of(["layer"], Cloud(2000, seed: 1));

        var settings = NoveltyFit.Limit([.. Cloud(4000, seed: 2).Select(one => statistics.Novelty(one))], refused, 2000);

        Assert.Equal(refused, settings.Refused, 1e-3);
        double others = Cloud(4000, seed: 3).Average(one => statistics.Novelty(one) > settings.NoveltyLimit ? 1.0 : 0.0);
        Assert.Equal(refused, others, 0.02);
    }

    [Fact]
    public void Too_few_images_say_so() => Assert.Contains(
        "leave abstention out", Assert.Throws<GyrusException>(() => NoveltyFit.Of(["layer"], Cloud(3, 1))).Message,
        StringComparison.Ordinal);

    private static List<float[]> Cloud(int count, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double shared = 4 * Normal();
            return Enumerable.Range(0, Length)
                .Select(d => (float)(d < 2 ? shared + (0.3 * Normal()) : (1 + (0.2 * d)) * Normal())).ToArray();
        })];
    }

    [Fact]
    public void Limit_refuses_the_share_in_the_mean_over_sources()
    {
        // Of "large" none is novel; of "small" a tenth is beyond 5.
        double[] novelties = [.. Enumerable.Range(0, 900).Select(i => i / 900.0), .. Enumerable.Range(0, 100).Select(i => i < 90 ? 2.0 : 6 + (i / 100.0))];
        string[] sources = [.. novelties.Select((_, i) => i < 900 ? "large" : "small")];

        var weighed = NoveltyFit.Limit(novelties, 0.05, 10, sources);
        var pooled = NoveltyFit.Limit(novelties, 0.05, 10);

        Assert.Equal(2, weighed.NoveltyLimit);
        Assert.Equal(0.05, weighed.Refused, 1e-9);
        Assert.Equal(2, weighed.Sources);
        Assert.Null(pooled.Sources);
        Assert.Equal(pooled, NoveltyFit.Limit(novelties, 0.05, 10, [.. novelties.Select(_ => "one")]));
    }
}
