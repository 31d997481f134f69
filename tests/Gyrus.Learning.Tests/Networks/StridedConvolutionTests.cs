using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Testing.Models;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Networks;

public sealed class StridedConvolutionTests
{
    // The shape of ResNet50's conv5_block1_0_conv at 160 pixels: oneDNN's gradient of it ended the process.
    [Theory]
    [InlineData(Padding.Valid)]
    [InlineData(Padding.Same)]
    public void Gradient_of_a_strided_1x1_convolution_is_that_of_a_product_of_matrices(Padding padding)
    {
        var graph = new LayerGraph(
        [
            new Input("input"),
            new Convolution("wide", "input", 3, 1024, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false),
            new Convolution("strided", "wide", 1024, 2048, Kernel: 1, Stride: 2, padding, HasBias: false),
        ]);
        using var network = new TorchNetwork(graph, RandomWeights.For(graph, seed: 1), batchNormEpsilon: 0);
        network.MakeTrainable(["wide/kernel", "strided/kernel"]);
        using var scope = NewDisposeScope();
        var image = rand(32, 3, 10, 10, generator: new Generator(2));
        network.train();

        network.call(image).sum().backward();

        var read = image.reshape(32, 3, 5, 2, 5, 2).select(5, 0).select(3, 0); // [32, 3, 5, 5]
        var summed = read.sum([0, 2, 3]); // [3]
        var wide = network.Variable("wide/kernel").detach().reshape(1024, 3);
        var strided = network.Variable("strided/kernel").detach().reshape(2048, 1024);
        AssertClose(wide.matmul(summed).expand(2048, 1024), network.Variable("strided/kernel"));
        AssertClose(strided.sum([0]).reshape(1024, 1) * summed.reshape(1, 3), network.Variable("wide/kernel"));
    }

    private static void AssertClose(Tensor expected, Tensor variable)
    {
        var actual = variable.grad!.reshape(expected.shape);
        var largest = expected.abs().max().item<float>();
        Assert.True((expected - actual).abs().max().item<float>() < 1e-4 * largest);
    }
}
