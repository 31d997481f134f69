using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights;
using Gyrus.Learning.Weights.Keras;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>Whole backbones of Keras's through each layout, named as Keras has named them in other sessions and years.</summary>
public sealed class BackboneRoundTripTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> All => new(
        new[] { "xception", "densenet121", "mobilenetv2" }.SelectMany(_ => new[] { "tfjs", "legacy", "keras3", "keras", "safetensors" }, (backbone, layout) => (backbone, layout)));

    [Theory]
    [MemberData(nameof(All))]
    public void Generated_weights_come_back(string name, string layout)
    {
        var backbone = Backbone.Named(name);
        var expected = GeneratedWeights.For(backbone) with { BatchNormEpsilon = backbone.BatchNormEpsilon };
        var path = _folder.File("file");
        string[] order = [.. LayerOrder.Of(backbone.Graph).Select(layer => layer.Name)];
        FileLayer[] layers = [.. FileLayers.Of(backbone)
            .OrderBy(layer => Array.IndexOf(order, layer.Name))
            .Select(layer => layer with { Name = OtherName(layer.Name) })];
        switch (layout)
        {
            case "tfjs":
                path = _folder.Path;
                KerasFiles.Tfjs(path, layers, backbone.BatchNormEpsilon, shards: 21);
                break;
            case "legacy":
                KerasFiles.LegacyH5(path, layers);
                break;
            case "keras3":
                using (var stream = File.Create(path)) KerasFiles.Keras3H5(stream, layers, Addressing.Class);
                break;
            case "keras":
                KerasFiles.Zip(path, layers, backbone.BatchNormEpsilon, Addressing.Class);
                break;
            default:
                BackboneFile.Write(path, expected, "none");
                break;
        }

        var weights = KerasWeights.Load(path, backbone);

        Assert.Equal(expected.Hash(), weights.Hash());
    }

    [Fact]
    public void A_depthwise_kernel_is_found_under_the_name_that_Keras_3_gives_it()
    {
        var backbone = Backbone.MobileNetV2;
        FileLayer[] layers = [.. FileLayers.Of(backbone).Select(layer => layer with
        {
            Tensors = [.. layer.Tensors.Select(tensor => tensor with { Name = tensor.Name.Replace("/depthwise_kernel", "/kernel", StringComparison.Ordinal) })],
        })];
        KerasFiles.LegacyH5(_folder.File("file"), layers);

        Assert.Equal(GeneratedWeights.For(backbone).Hash(), KerasWeights.Load(_folder.File("file"), backbone).Hash());
    }

    [Fact]
    public void A_backbone_is_recognised_by_its_weights()
    {
        foreach (var backbone in new[] { Backbone.DenseNet121, Backbone.MobileNetV2 })
        {
            KerasFiles.LegacyH5(_folder.File("file"), FileLayers.Of(backbone));

            Assert.Equal(backbone.Name, new WeightStore(_folder.File("store")).Add(_folder.File("file")).Backbone);
        }
    }

    /// <summary>What a layer was called where the model was not its session's first, or Keras was older.</summary>
    private static string OtherName(string name) => name switch
    {
        "conv2d" or "batch_normalization" => name + "_8",
        "conv1_conv" => "conv1/conv",
        "conv1_bn" => "conv1/bn",
        "expanded_conv_depthwise" => "mobl0_conv_depthwise",
        "block_16_expand_BN" => "bn16_conv_bn_expand",
        "block_16_depthwise_BN" => "bn16_conv_depthwise",
        _ when name.StartsWith("conv2d_", StringComparison.Ordinal)
            || name.StartsWith("batch_normalization_", StringComparison.Ordinal) =>
            name[..^1] + (8 + (name[^1] - '0')).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => name,
    };
}
