using System.Text.Json;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tests.Weights;
using Gyrus.Testing;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Networks;

/// <summary>
/// The backbones against reference numbers of an independent implementation; see ../shared/fixtures/keras-parity.
/// </summary>
public sealed class KerasParityTests
{
    /// <summary>The fixture's names of the tapped layers, which number the additions from 0 or 12, and ours.</summary>
    private static readonly Dictionary<string, string> ResNetTaps = new()
    {
        ["add"] = "conv2_block1_add",
        ["add_3"] = "conv3_block1_add",
        ["add_15"] = "conv5_block3_add",
    };

    private static readonly Dictionary<string, string> XceptionTaps = new()
    {
        ["block1_conv2_act"] = "block1_conv2_act",
        ["add_12"] = "block2_add",
        ["add_14"] = "block4_add",
        ["add_22"] = "block12_add",
        ["add_23"] = "block13_add",
        ["block14_sepconv2_act"] = "block14_sepconv2_act",
    };

    [Fact]
    public void Xception_with_generated_weights_gives_the_features_that_Keras_gives() =>
        AssertParity(
            TestFiles.Shared("fixtures/keras-parity/xception-299.json"),
            GeneratedWeights.For(Backbone.Xception),
            XceptionTaps,
            inputScale: 1);

    [Fact]
    public void ResNet50_with_ImageNet_weights_gives_the_features_that_Keras_gives() =>
        AssertParity(
            TestFiles.Shared("fixtures/keras-parity/resnet50-224.json"),
            CachedWeights.ResNet50(),
            ResNetTaps,
            inputScale: 128);

    private static void AssertParity(
        string fixture, BackboneWeights weights, Dictionary<string, string> taps, double inputScale)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(fixture));
        var backbone = Backbone.Named(weights.Backbone);
        var shape = Longs(json.RootElement.GetProperty("input").GetProperty("shape"));
        var (graph, tensors) = BatchNormFolding.Fold(backbone.Graph, weights.Tensors, weights.BatchNormEpsilon);
        using var plain = new TorchNetwork(backbone.Graph, weights.Tensors, weights.BatchNormEpsilon);
        using var folded = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var input = tensor(GeneratedWeights.Uniform("input", (int)shape.Aggregate((a, b) => a * b), inputScale), shape)
            .permute(0, 3, 1, 2).contiguous(); // [1, 3, H, W]

        var (features, found) = plain.Run(input, taps.Values);

        foreach (var tap in json.RootElement.GetProperty("taps").EnumerateObject())
        {
            var value = found[taps[tap.Name]];
            var nhwc = Longs(tap.Value.GetProperty("shape"));
            Assert.Equal([nhwc[0], nhwc[3], nhwc[1], nhwc[2]], value.shape);
            var scale = tap.Value.GetProperty("rms").GetDouble();
            Assert.Equal(scale, value.square().mean().sqrt().item<float>(), 1e-3 * scale);
            Assert.Equal(tap.Value.GetProperty("mean").GetDouble(), value.mean().item<float>(), 1e-3 * scale);
        }
        var wanted = json.RootElement.GetProperty("feature").GetProperty("values").EnumerateArray()
            .Select(value => value.GetSingle()).ToArray();
        Assert.InRange(RelativeError(wanted, features), 0, 1e-3);
        Assert.InRange(RelativeError(wanted, folded.call(input)), 0, 1e-3);
    }

    /// <summary>The largest difference of a value, relative to the root mean square of the wanted ones.</summary>
    private static double RelativeError(float[] wanted, Tensor found)
    {
        var values = found.data<float>().ToArray();
        Assert.Equal(wanted.Length, values.Length);
        double rms = Math.Sqrt(wanted.Average(value => (double)value * value));
        return wanted.Zip(values, (a, b) => Math.Abs(a - b)).Max() / rms;
    }

    private static long[] Longs(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt64())];
}
