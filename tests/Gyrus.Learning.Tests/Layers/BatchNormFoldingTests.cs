using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Learning.Tests.Layers;

public class BatchNormFoldingTests
{
    private const double Epsilon = 1e-3;

    [Fact]
    public void Fold_keeps_what_the_network_computes()
    {
        var graph = SmallNetworks.EveryLayer;
        var tensors = RandomWeights.For(graph, seed: 1);
        var image = Volume.Image(RandomWeights.Image(size: 21, seed: 2));

        var (folded, foldedTensors) = BatchNormFolding.Fold(graph, tensors, Epsilon);

        var before = new NaiveNetwork(graph, tensors, Epsilon).Run(image);
        var after = new NaiveNetwork(folded, foldedTensors, Epsilon).Run(image);
        foreach (var layer in folded.Layers.Where(layer => layer is not (Convolution or DepthwiseConvolution or SeparableConvolution)))
        {
            var largest = before[layer.Name].Values.Max(Math.Abs);
            Assert.All(before[layer.Name].Values.Zip(after[layer.Name].Values),
                pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
        }
    }

    [Fact]
    public void Fold_of_each_backbone_leaves_no_batch_norm_and_just_the_tensors_needed()
    {
        foreach (var backbone in Backbone.All)
        {
            var (graph, tensors) = BatchNormFolding.Fold(backbone.Graph, RandomWeights.For(backbone.Graph, 3), Epsilon);

            Assert.DoesNotContain(graph.Layers, layer => layer is BatchNormalisation);
            Assert.Equal(backbone.Graph.Output, graph.Output);
            graph.Require(tensors, "folded");
        }
    }

    [Fact]
    public void Fold_leaves_its_arguments_as_they_are()
    {
        var graph = SmallNetworks.EveryLayer;
        var tensors = RandomWeights.For(graph, seed: 4);
        var before = (float[])tensors["conv1/kernel"].Values.Clone();

        BatchNormFolding.Fold(graph, tensors, Epsilon);

        Assert.Equal(before, tensors["conv1/kernel"].Values);
    }

    [Fact]
    public void Fold_of_a_batch_norm_at_the_end_makes_the_convolution_the_output()
    {
        var graph = new LayerGraph(SmallNetworks.EveryLayer.Layers.Take(6).ToList());

        var (folded, _) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 5), Epsilon);

        Assert.Equal("conv1", folded.Output);
    }

    [Fact]
    public void Fold_of_a_batch_norm_behind_something_else_leaves_a_scale_and_a_shift() => LeavesScaling(
        new Input("input"), new Relu("relu", "input"), new BatchNormalisation("norm", "relu", 3));

    [Fact]
    public void Fold_leaves_a_convolution_as_it_is_that_another_layer_takes_too() => LeavesScaling(
        new Input("input"),
        new Convolution("conv", "input", 3, 3, 1, 1, Padding.Valid, HasBias: false),
        new BatchNormalisation("norm", "conv", 3),
        new Add("add", "norm", "conv"));

    [Fact]
    public void Fold_of_a_batch_norm_behind_a_folded_one_leaves_a_scale_and_a_shift() => LeavesScaling(
        new Input("input"),
        new Convolution("conv", "input", 3, 4, 1, 1, Padding.Valid, HasBias: true),
        new BatchNormalisation("conv_bn", "conv", 4),
        new BatchNormalisation("norm", "conv_bn", 4));

    private static void LeavesScaling(params Layer[] layers)
    {
        var graph = new LayerGraph(layers);
        var tensors = RandomWeights.For(graph, seed: 6);
        var image = Volume.Image(RandomWeights.Image(size: 5, seed: 7));

        var (folded, foldedTensors) = BatchNormFolding.Fold(graph, tensors, Epsilon);

        Assert.Equal("norm", Assert.Single(folded.Layers.OfType<ScaleAndShift>()).Name);
        folded.Require(foldedTensors, "folded");
        var before = new NaiveNetwork(graph, tensors, Epsilon).Run(image)[graph.Output].Values;
        var after = new NaiveNetwork(folded, foldedTensors, Epsilon).Run(image)[folded.Output].Values;
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
