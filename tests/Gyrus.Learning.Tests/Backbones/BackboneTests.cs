using Gyrus.Learning.Backbones;
using Xunit;

namespace Gyrus.Learning.Tests.Backbones;

public class BackboneTests
{
    public static TheoryData<string> Names => [.. Backbone.All.Select(backbone => backbone.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Backbone_says_of_its_layers_what_they_are(string name)
    {
        var backbone = Backbone.Named(name);
        var shapes = backbone.Graph.Shapes(backbone.InputSize);

        Assert.Equal(backbone.FeatureCount, shapes[backbone.FeatureMap].Channels);
        Assert.Equal((backbone.FeatureCount, 1, 1), (
            shapes[backbone.Graph.Output].Channels, shapes[backbone.Graph.Output].Height, shapes[backbone.Graph.Output].Width));
        Assert.Equal(backbone.Graph.Layers.Count, backbone.Graph.Layers.Select(layer => layer.Name).Distinct().Count());
        Assert.Contains(
            backbone.Graph.Layers, layer => layer.Name.StartsWith(backbone.LastBlock, StringComparison.Ordinal));
        Assert.NotEmpty(backbone.LastBlock);
        Assert.True(backbone.Published is not null || backbone.Shipped is not null);
    }

    [Fact]
    public void All_have_names_of_their_own() =>
        Assert.Equal(Backbone.All.Count, Backbone.All.Select(backbone => backbone.Name).Distinct().Count());

    [Fact]
    public void Named_of_an_unknown_one_lists_those_that_are_there()
    {
        var error = Assert.Throws<GyrusException>(() => Backbone.Named("vgg"));

        Assert.All(Backbone.All, backbone => Assert.Contains(backbone.Name, error.Message));
    }

    [Theory]
    [InlineData("conv1", "conv1_conv")]
    [InlineData("bn_conv1", "conv1_bn")]
    [InlineData("res2a_branch1", "conv2_block1_0_conv")]
    [InlineData("bn5c_branch2b", "conv5_block3_2_bn")]
    public void ResNet50_knows_what_its_layers_were_called(string before, string now)
    {
        var backbone = Backbone.ResNet50;

        Assert.Equal(now, backbone.OldNames!.Current(before));
        Assert.Contains(backbone.Graph.Layers, layer => layer.Name == now);
        Assert.Equal(now, backbone.OldNames.Current(now));
    }

    [Theory]
    [InlineData("conv1/conv", "conv1_conv")]
    [InlineData("conv1/bn", "conv1_bn")]
    [InlineData("conv2_block1_0_bn", "conv2_block1_0_bn")]
    public void DenseNet121_knows_what_its_layers_were_called(string before, string now)
    {
        Assert.Equal(now, Backbone.DenseNet121.OldNames!.Current(before));
        Assert.Contains(Backbone.DenseNet121.Graph.Layers, layer => layer.Name == now);
    }

    [Theory]
    [InlineData("mobl0_conv_depthwise", "expanded_conv_depthwise")]
    [InlineData("bn0_conv_bn_project", "expanded_conv_project_BN")]
    [InlineData("mobl16_conv_expand", "block_16_expand")]
    [InlineData("bn16_conv_depthwise", "block_16_depthwise_BN")]
    [InlineData("block_2_add", "block_2_add")]
    [InlineData("bn_Conv1", "bn_Conv1")]
    public void MobileNetV2_knows_what_its_layers_were_called(string before, string now)
    {
        Assert.Equal(now, Backbone.MobileNetV2.OldNames!.Current(before));
        Assert.Contains(Backbone.MobileNetV2.Graph.Layers, layer => layer.Name == now);
    }

    /// <summary>The numbers of weights that Keras's documentation gives of these networks, less the 1000 classes' own.</summary>
    [Theory]
    [InlineData("densenet121", 8_062_504 - (1025 * 1000))]
    [InlineData("mobilenetv2", 3_538_984 - (1281 * 1000))]
    [InlineData("resnet50", 25_636_712 - (2049 * 1000))]
    [InlineData("xception", 22_910_480 - (2049 * 1000))]
    public void Backbone_has_as_many_weights_as_Kerass(string name, int weights) =>
        Assert.Equal(weights, Backbone.Named(name).Graph.Variables.Sum(variable => variable.Length));
}
