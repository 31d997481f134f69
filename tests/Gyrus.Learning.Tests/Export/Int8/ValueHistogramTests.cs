using FsCheck;
using FsCheck.Fluent;
using Gyrus.Learning.Export.Int8;
using Xunit;

namespace Gyrus.Learning.Tests.Export.Int8;

public sealed class ValueHistogramTests
{
    [Fact]
    public void Range_of_all_values_is_from_the_smallest_to_the_largest_and_holds_zero() =>
        Prop.ForAll(Values(), values =>
        {
            var range = Histogram(values).Range(1);
            return range.Low == Math.Min(values.Min(), 0) && range.High == Math.Max(values.Max(), 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Range_of_more_of_the_values_is_never_narrower_and_leaves_out_no_more_than_it_says() =>
        Prop.ForAll(Values(), values =>
        {
            var histogram = Histogram(values);
            var some = histogram.Range(0.8);
            var most = histogram.Range(0.95);
            int below = values.Count(value => value < some.Low);
            int above = values.Count(value => value > some.High);
            return most.Low <= some.Low && some.High <= most.High
                && below <= 0.2 * values.Length && above <= 0.2 * values.Length;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Eight_bits_hold_zero_exactly_and_the_rest_to_a_step() =>
        Prop.ForAll(Values(), values =>
        {
            var range = Histogram(values).Range(1);
            float Rounded(float value) =>
                (Math.Clamp(MathF.Round(value / range.Scale) + range.ZeroPoint, 0, 255) - range.ZeroPoint) * range.Scale;
            return Rounded(0) == 0 && values.All(value => Math.Abs(Rounded(value) - value) <= 1.001f * range.Scale);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Range_leaves_a_lonely_value_far_out_only_where_it_may()
    {
        var values = new float[100_001];
        for (int i = 0; i < 100_000; i++) values[i] = i / 100_000f;
        values[^1] = 900;

        Assert.Equal(900, Histogram(values).Range(1).High);
        Assert.InRange(Histogram(values).Range(0.9999).High, 0.99, 1.25);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Add_says_that_a_value_is_no_number(float value) =>
        Assert.False(new ValueHistogram().Add([1, value]));

    private static Arbitrary<float[]> Values() =>
        (from exponent in Gen.Choose(-15, 15)
         from values in Gen.Choose(-1000, 1000).Select(i => i / 1000f * MathF.ScaleB(1, exponent)).NonEmptyListOf()
         select values.ToArray()).ToArbitrary();

    private static ValueHistogram Histogram(float[] values)
    {
        var histogram = new ValueHistogram();
        // In two parts, so that bins widen between them.
        Assert.True(histogram.Add(values.AsSpan(0, values.Length / 2)));
        Assert.True(histogram.Add(values.AsSpan(values.Length / 2)));
        return histogram;
    }
}
