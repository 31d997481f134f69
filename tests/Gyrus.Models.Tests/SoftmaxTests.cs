using Xunit;

namespace Gyrus.Models.Tests;

public class SoftmaxTests
{
    [Fact]
    public void InPlace_of_equal_logits_gives_equal_shares()
    {
        float[] values = [3, 3, 3, 3];

        Softmax.InPlace(values);

        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], values);
    }

    [Fact]
    public void InPlace_of_known_logits_gives_the_known_shares()
    {
        float[] values = [0, MathF.Log(2), MathF.Log(5)];

        Softmax.InPlace(values);

        Assert.Equal(0.125, values[0], 1e-6);
        Assert.Equal(0.25, values[1], 1e-6);
        Assert.Equal(0.625, values[2], 1e-6);
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(-1e4f)]
    [InlineData(3e38f)]
    public void InPlace_of_extreme_logits_stays_finite(float offset)
    {
        float[] values = [offset, offset];

        Softmax.InPlace(values);

        Assert.Equal([0.5f, 0.5f], values);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void InPlace_of_a_logit_that_is_no_number_gives_no_number_that_looks_like_a_probability(float logit)
    {
        float[] values = [1, logit, 3];

        Softmax.InPlace(values);

        Assert.All(values, value => Assert.True(float.IsNaN(value)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void InPlace_at_a_temperature_that_is_none_is_refused(double temperature) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Softmax.InPlace([1, 2], temperature));
}
