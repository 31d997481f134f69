using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Xunit;

namespace Gyrus.Learning.Tests.Networks;

public class TorchLayoutTests
{
    [Theory]
    [InlineData("conv/kernel", new[] { 2, 3, 4, 5 }, new long[] { 5, 4, 2, 3 })]
    [InlineData("conv/depthwise_kernel", new[] { 3, 3, 4, 1 }, new long[] { 4, 1, 3, 3 })]
    [InlineData("adam/first/conv/depthwise_kernel", new[] { 3, 3, 4, 1 }, new long[] { 4, 1, 3, 3 })]
    [InlineData("dense/kernel", new[] { 4, 5 }, new long[] { 5, 4 })]
    [InlineData("norm/factor", new[] { 5, 1, 1 }, new long[] { 5, 1, 1 })]
    [InlineData("conv/bias", new[] { 5 }, new long[] { 5 })]
    public void ToTorch_turns_the_axes_and_ToKeras_turns_them_back(string name, int[] shape, long[] torch)
    {
        float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(i => (float)i)];

        using var tensor = TorchLayout.ToTorch(new NamedTensor(name, shape, values));
        var back = TorchLayout.ToKeras(name, tensor);

        Assert.Equal(torch, tensor.shape);
        Assert.Equal(shape, back.Shape);
        Assert.Equal(values, back.Values);
    }

    [Fact]
    public void ToTorch_of_a_weight_with_axes_of_which_nothing_is_known_is_an_error() =>
        Assert.Contains("conv3d/kernel", Assert.Throws<NotSupportedException>(
            () => TorchLayout.ToTorch(new NamedTensor("conv3d/kernel", [1, 1, 1, 1, 1], [0]))).Message);
}
