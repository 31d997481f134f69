using System.Text.Json;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights.Keras;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

public sealed class LayerOrderTests
{
    [Fact]
    public void Xception_layers_stand_in_the_order_of_its_topology()
    {
        using var json = JsonDocument.Parse(
            File.ReadAllBytes(TestFiles.Shared("fixtures/keras-parity/xception-topology.json")));
        var keras = json.RootElement.GetProperty("modelTopology").GetProperty("model_config").GetProperty("config")
            .GetProperty("layers").EnumerateArray()
            .Where(layer => layer.GetProperty("class_name").GetString()
                is "Conv2D" or "SeparableConv2D" or "BatchNormalization")
            .Select(layer => layer.GetProperty("name").GetString()!)
            .Select(name => name switch
            {
                "conv2d_4" or "batch_normalization_4" => name[..^2],
                "conv2d_5" or "batch_normalization_5" => name[..^1] + "1",
                "conv2d_6" or "batch_normalization_6" => name[..^1] + "2",
                "conv2d_7" or "batch_normalization_7" => name[..^1] + "3",
                _ => name,
            });

        Assert.Equal(keras, WithWeights(Backbone.Xception));
    }

    /// <summary>As Keras's <c>summary()</c> lists the first residual block.</summary>
    [Fact]
    public void ResNet50_shortcut_stands_before_the_third_convolution()
    {
        string[] block =
        [
            "conv2_block1_1_conv", "conv2_block1_1_bn", "conv2_block1_2_conv", "conv2_block1_2_bn",
            "conv2_block1_0_conv", "conv2_block1_3_conv", "conv2_block1_0_bn", "conv2_block1_3_bn",
        ];

        Assert.Equal(block, WithWeights(Backbone.ResNet50).Skip(2).Take(block.Length));
    }

    private static IEnumerable<string> WithWeights(Backbone backbone) => LayerOrder.Of(backbone.Graph)
        .Where(layer => layer.Variables.Count > 0)
        .Select(layer => layer.Name);
}
