using FsCheck;
using FsCheck.Fluent;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Models.Tests;

public class SeriesPoolingTests
{
    /// <summary>A head of 150 mm with a tumour of 30 mm, seen through slices of any thickness: the answer depends little on it.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Thinner_slices_say_what_thicker_ones_do(double thickness)
    {
        double pooled = SeriesPooling.Pool(Head(thickness, place => place is > 60 and < 90 ? 3 : -3));

        Assert.InRange(pooled, 1.5, 2.5);
    }

    /// <summary>Noise of slices of a healthy head: the maximum of 200 calls a tumour in nearly every head, the pooled answer in hardly any more than that of 20.</summary>
    [Theory]
    [InlineData(20, 0.97)]
    [InlineData(200, 0.97)]
    public void Many_slices_of_a_healthy_head_call_no_tumour(int count, double specificity)
    {
        var random = new Random(5);
        int heads = 200, quiet = 0, loudest = 0;
        for (int head = 0; head < heads; head++)
        {
            PlacedAnswer[] slices = [.. Enumerable.Range(0, count).Select(i => new PlacedAnswer(i * 150.0 / count, -3 + (1.5 * Gauss(random))))];
            if (SeriesPooling.Pool(slices) < 0) quiet++;
            if (slices.Max(slice => slice.LogOdds) < 0) loudest++;
        }

        Assert.True(quiet >= specificity * heads, $"{quiet} of {heads}");
        if (count == 200) Assert.True(loudest < 0.1 * heads, $"{loudest} of {heads}");
    }

    [Fact]
    public void A_place_is_the_mean_of_the_slices_around_it_and_a_slice_without_a_place_stands_for_itself()
    {
        PlacedAnswer[] placed = [new(0, 1), new(5, 2), new(10, 6), new(30, -4)];

        Assert.Equal([1.5, 3, 4, -4], SeriesPooling.Places(placed));
        Assert.Equal([1, 2], SeriesPooling.Places([new(null, 1), new(null, 2)]));
    }

    [Fact]
    public void Pooled_odds_lie_between_mean_and_maximum_and_do_not_fall_where_a_slice_rises() => Prop.ForAll(
        ArbMap.Default.GeneratorFor<NormalFloat>().Select(value => Math.Clamp(value.Get, -20, 20)).NonEmptyListOf().ToArbitrary(),
        odds =>
        {
            PlacedAnswer[] slices = [.. odds.Select(value => new PlacedAnswer(null, value))];
            double pooled = SeriesPooling.Pool(slices);
            double more = SeriesPooling.Pool([.. slices.Skip(1), new(null, slices[0].LogOdds + 1)]);
            return pooled >= odds.Average() - 1e-9 && pooled <= odds.Max() + 1e-9 && more >= pooled;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Odds_of_a_probability_are_finite(double probability) => Assert.True(double.IsFinite(PlacedAnswer.Of(null, probability).LogOdds));

    private static List<PlacedAnswer> Head(double thickness, Func<double, double> odds) =>
        [.. Enumerable.Range(0, (int)(150 / thickness)).Select(i => new PlacedAnswer(i * thickness, odds(i * thickness)))];

    private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
