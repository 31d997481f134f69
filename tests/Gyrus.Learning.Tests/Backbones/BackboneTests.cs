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
}
