using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights;
using Gyrus.Learning.Weights.Keras;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>The whole Xception through each layout, named as where it was not its session's first model.</summary>
public sealed class XceptionRoundTripTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tfjs")]
    [InlineData("legacy")]
    [InlineData("keras3")]
    [InlineData("keras")]
    [InlineData("safetensors")]
    public void Generated_weights_come_back(string layout)
    {
        var backbone = Backbone.Xception;
        var expected = GeneratedWeights.For(backbone);
        var path = _folder.File("file");
        string[] order = [.. LayerOrder.Of(backbone.Graph).Select(layer => layer.Name)];
        FileLayer[] layers = [.. FileLayers.Of(backbone)
            .OrderBy(layer => Array.IndexOf(order, layer.Name))
            .Select(layer => layer with { Name = SessionName(layer.Name) })];
        switch (layout)
        {
            case "tfjs":
                path = _folder.Path;
                KerasFiles.Tfjs(path, layers, 1e-3, shards: 21);
                break;
            case "legacy":
                KerasFiles.LegacyH5(path, layers);
                break;
            case "keras3":
                using (var stream = File.Create(path)) KerasFiles.Keras3H5(stream, layers, Addressing.Class);
                break;
            case "keras":
                KerasFiles.Zip(path, layers, 1e-3, Addressing.Class);
                break;
            default:
                BackboneFile.Write(path, expected, "none");
                break;
        }

        var weights = KerasWeights.Load(path, backbone);

        Assert.Equal(expected.Hash(), weights.Hash());
    }

    private static string SessionName(string name) => name switch
    {
        "conv2d" or "batch_normalization" => name + "_8",
        _ when name.StartsWith("conv2d_", StringComparison.Ordinal)
            || name.StartsWith("batch_normalization_", StringComparison.Ordinal) =>
            name[..^1] + (8 + (name[^1] - '0')).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => name,
    };
}
