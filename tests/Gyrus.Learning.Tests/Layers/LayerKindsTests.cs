using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Testing.Models;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Layers;

public class LayerKindsTests
{
    private const double Epsilon = 1e-3;

    [Fact]
    public void Every_kind_of_layer_stands_in_the_network_that_tests_compute()
    {
        var graph = SmallNetworks.EveryLayer;
        var (folded, _) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 1), Epsilon);

        var missing = typeof(Layer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract)
            .Except(graph.Layers.Concat(folded.Layers).Select(layer => layer.GetType()));

        // A new kind: put it into SmallNetworks.EveryLayer and say in NaiveNetwork what it computes.
        Assert.Empty(missing);
    }

    [Theory]
    [InlineData(21, false)]
    [InlineData(21, true)]
    [InlineData(32, false)]
    public void Torch_of_every_kind_of_layer_computes_what_its_definition_says_in_the_shape_that_it_says(int size, bool folded)
    {
        var graph = SmallNetworks.EveryLayer;
        var tensors = RandomWeights.For(graph, seed: 2);
        if (folded) (graph, tensors) = BatchNormFolding.Fold(graph, tensors, Epsilon);
        var image = RandomWeights.Image(size, seed: 3);
        var expected = new NaiveNetwork(graph, tensors, Epsilon).Run(Volume.Image(image));
        var shapes = graph.Shapes(size);
        using var network = new TorchNetwork(graph, tensors, Epsilon);
        network.eval();
        using var scope = NewDisposeScope();

        var (_, taps) = network.Run(
            tensor(image).reshape(1, 3, size, size), [.. graph.Layers.Select(layer => layer.Name)]);

        foreach (var layer in graph.Layers)
        {
            var (channels, height, width) = (shapes[layer.Name].Channels, shapes[layer.Name].Height, shapes[layer.Name].Width);
            var value = taps[layer.Name];
            Assert.Equal(value.dim() == 2 ? [1, channels] : [1L, channels, height, width], value.shape);
            var wanted = expected[layer.Name];
            Assert.Equal((channels, height, width), (wanted.Channels, wanted.Height, wanted.Width));
            double largest = wanted.Values.Max(Math.Abs);
            Assert.All(wanted.Values.Zip(value.contiguous().data<float>().ToArray()),
                pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
        }
    }

    [Fact]
    public void Shape_of_a_sum_of_what_does_not_fit_is_an_error()
    {
        var graph = new LayerGraph(
        [
            new Input("input"),
            new Convolution("wide", "input", 3, 8, 1, 1, Padding.Valid, HasBias: false),
            new Add("sum", "input", "wide"),
        ]);

        Assert.Contains("sum", Assert.Throws<ArgumentException>(() => graph.Shapes(8)).Message);
    }

    [Fact]
    public void OutsideTraining_of_dropouts_behind_each_other_leaves_what_is_before_them()
    {
        var graph = new LayerGraph(
        [
            new Input("input"),
            new Relu("relu", "input"),
            new Dropout("first", "relu", 0.5),
            new Dropout("second", "first", 0.5),
            new GlobalAveragePooling("pool", "second"),
        ]);

        Assert.Equal(
            [new Input("input"), new Relu("relu", "input"), new GlobalAveragePooling("pool", "relu")],
            graph.OutsideTraining().Layers);
    }

    /// <summary>Keras's <c>correct_pad</c>: a window of 3 and a stride of 2 without a border, behind a border of 1 whose upper and left part is missing where the size is even.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(15)]
    [InlineData(16)]
    public void Depthwise_convolution_of_stride_2_has_the_border_that_MobileNetV2_of_Keras_has(int size)
    {
        LayerGraph graph = new([new Input("input"), new DepthwiseConvolution("conv", "input", 3, Kernel: 3, Stride: 2, Padding.Same, HasBias: true)]);
        LayerGraph padded = new(
        [
            new Input("input"),
            new ZeroPadding("pad", "input", size % 2, 1),
            new DepthwiseConvolution("conv", "pad", 3, Kernel: 3, Stride: 2, Padding.Valid, HasBias: true),
        ]);
        var tensors = RandomWeights.For(graph, seed: 8);
        var image = Volume.Image(RandomWeights.Image(size, seed: 9));

        Assert.Equal(new NaiveNetwork(padded, tensors, Epsilon).Run(image)["conv"].Values, new NaiveNetwork(graph, tensors, Epsilon).Run(image)["conv"].Values);
        Assert.Equal(padded.Shapes(size)["conv"], graph.Shapes(size)["conv"]);
    }

    [Fact]
    public void Standardisation_of_a_channel_that_never_varied_divides_by_Kerass_least_deviation()
    {
        var layer = new Standardisation("standard", "input", 2);

        var scaling = layer.Scaling(new TensorTable([new("standard/mean", [2], [3, 4]), new("standard/variance", [2], [0, 4])]), epsilon: 1)!;

        Assert.Equal([1e7, 0.5], scaling.Scale);
        Assert.Equal([3f, 4f], scaling.Centre);
    }

    [Fact]
    public void Shape_of_channels_of_other_places_behind_each_other_is_an_error()
    {
        var graph = new LayerGraph([new Input("input"), new AveragePooling("half", "input", 2), new Concatenation("both", "input", "half")]);

        Assert.Contains("both", Assert.Throws<ArgumentException>(() => graph.Shapes(8)).Message);
    }
}
