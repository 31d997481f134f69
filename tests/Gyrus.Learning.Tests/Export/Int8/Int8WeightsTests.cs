using FsCheck;
using FsCheck.Fluent;
using Gyrus.Learning.Export.Int8;
using Xunit;

namespace Gyrus.Learning.Tests.Export.Int8;

public sealed class Int8WeightsTests
{
    private const int Filters = 4;
    private const int PerFilter = 9;

    [Fact]
    public void Round_keeps_every_weight_to_half_a_step_of_its_filter() =>
        Prop.ForAll(Kernels(), kernel =>
        {
            var weights = Int8Weights.Round(kernel, [], Filters, inputScale: 0.1f);
            return weights.Bias is null && Enumerable.Range(0, kernel.Length).All(i =>
            {
                float scale = weights.Scales[i / PerFilter];
                return Math.Abs((weights.Kernel[i] * scale) - kernel[i]) <= 0.501f * scale;
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Round_gives_each_filter_the_scale_of_its_own_largest_weight()
    {
        float[] kernel = [1, -2, 0.5f, 0, 100, 30];

        var weights = Int8Weights.Round(kernel, [], filters: 2, inputScale: 1);

        Assert.Equal([2 / 64f, 100 / 64f], weights.Scales);
        Assert.Equal([32, -64, 16, 0, 64, 19], weights.Kernel.Select(value => (int)value));
    }

    [Fact]
    public void Round_leaves_no_pair_of_products_that_16_bits_cut_off() =>
        Prop.ForAll(Kernels(), kernel =>
        {
            var weights = Int8Weights.Round(kernel, [], Filters, inputScale: 0.1f).Kernel.Select(weight => (int)weight).ToList();
            int high = weights.Max(), low = weights.Min();
            return 2 * byte.MaxValue * high <= short.MaxValue && 2 * byte.MaxValue * low >= short.MinValue;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Round_of_a_filter_of_nothing_beside_a_bias_keeps_the_bias()
    {
        float[] kernel = [0, 1e-20f, 1, 0.5f];
        float[] bias = [3, -2];

        var weights = Int8Weights.Round(kernel, bias, filters: 2, inputScale: 0.05f);

        for (int f = 0; f < bias.Length; f++)
        {
            Assert.Equal(bias[f], weights.Bias![f] * (double)weights.Scales[f] * 0.05f, 1e-3);
        }
        Assert.Equal(0, weights.Kernel[1]);
    }

    private static Arbitrary<float[]> Kernels() => Gen.Choose(-10_000, 10_000)
        .Select(i => i / 317f)
        .ListOf(Filters * PerFilter)
        .Select(values => values.Select((value, i) => value * MathF.ScaleB(1, -4 * (i / PerFilter))).ToArray())
        .ToArbitrary();
}
