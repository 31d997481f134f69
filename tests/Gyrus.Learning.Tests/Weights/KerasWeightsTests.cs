using Gyrus.Learning.Backbones;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Weights;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

public sealed class KerasWeightsTests : IDisposable
{
    private const double Told = 0.0125;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tfjs_folder_gives_weights_and_the_epsilon_of_its_topology()
    {
        KerasFiles.Tfjs(_folder.Path, FileLayers.Of(SmallBackbones.ResNet), Told);

        Expect(SmallBackbones.ResNet, _folder.Path, Told);
        Expect(SmallBackbones.ResNet, _folder.File("model.json"), Told);
    }

    [Fact]
    public void Tfjs_float16_is_widened()
    {
        KerasFiles.Tfjs(_folder.Path, FileLayers.Of(SmallBackbones.Xception), epsilon: null, half: true);

        Expect(SmallBackbones.Xception, _folder.Path, 1e-3, halves: true);
    }

    [Theory]
    [InlineData(false, null, false, 1, false)]
    [InlineData(true, null, false, 1, false)]
    [InlineData(false, "resnet50", false, 1, false)]
    [InlineData(true, "resnet50", false, 1, true)]
    [InlineData(false, null, true, 1, false)]
    [InlineData(false, "resnet50", true, 1, false)]
    [InlineData(false, null, false, 3, false)]
    public void Legacy_h5_gives_weights(bool whole, string? inner, bool keras1, int parts, bool compressed)
    {
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(SmallBackbones.ResNet), whole ? Told : null, inner, keras1, parts,
            compressed ? KerasFiles.Compressed : null);

        Expect(SmallBackbones.ResNet, path, whole ? Told : 1.001e-5);
    }

    [Fact]
    public void Legacy_h5_float16_is_widened()
    {
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(SmallBackbones.Xception), half: true, creation: KerasFiles.Compressed);

        Expect(SmallBackbones.Xception, path, 1e-3, halves: true);
    }

    [Fact]
    public void Old_names_of_ResNet50_mean_its_old_epsilon()
    {
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(SmallBackbones.ResNet, OldName));

        Expect(SmallBackbones.ResNet, path, 1e-3);
    }

    [Theory]
    [InlineData("conv2d_4", "conv2d_5", "batch_normalization_9", "batch_normalization_10")]
    [InlineData("convolution2d_1", "convolution2d_2", "batchnormalization_1", "batchnormalization_2")]
    [InlineData("conv2d_99", "conv2d_100", "batch_normalization", "batch_normalization_1")]
    public void Xception_residuals_are_found_by_the_order_of_their_numbers(
        string conv, string nextConv, string norm, string nextNorm)
    {
        var layers = FileLayers.Of(SmallBackbones.Xception, name => name switch
        {
            "conv2d" => conv,
            "conv2d_1" => nextConv,
            "batch_normalization" => norm,
            "batch_normalization_1" => nextNorm,
            _ => name,
        });
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, [.. layers.OrderByDescending(layer => layer.Name, StringComparer.Ordinal)]);

        Expect(SmallBackbones.Xception, path, 1e-3);
    }

    [Fact]
    public void Xception_residuals_are_told_from_a_heads_convolutions_by_shape()
    {
        FileLayer[] layers =
        [
            new("conv2d_3", "Conv2D", [Tensor("conv2d_3/kernel", 3, 3, 1, 2)]),
            .. FileLayers.Of(SmallBackbones.Xception, name => name switch
            {
                "conv2d" => "conv2d_7",
                "conv2d_1" => "conv2d_8",
                _ => name,
            }),
            new("conv2d_9", "Conv2D", [Tensor("conv2d_9/kernel", 1, 1, 8, 2)]),
        ];
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, layers);

        Expect(SmallBackbones.Xception, path, 1e-3);
    }

    [Theory]
    [InlineData(Addressing.Class, null, "layers", 1)]
    [InlineData(Addressing.Class, "functional", "layers", 1)]
    [InlineData(Addressing.Class, null, "_layer_checkpoint_dependencies", 1)]
    [InlineData(Addressing.Class, null, "_layer_checkpoint_dependencies", 2)]
    [InlineData(Addressing.ClassWithName, null, "layers", 1)]
    [InlineData(Addressing.ClassWithName, "functional_1", "layers", 1)]
    [InlineData(Addressing.Name, null, "layers", 1)]
    [InlineData(Addressing.Name, "xception", "layers", 1)]
    public void Keras_3_h5_gives_weights(object addressing, string? inner, string container, int step)
    {
        foreach (var backbone in new[] { SmallBackbones.ResNet, SmallBackbones.Xception })
        {
            var path = _folder.File($"{backbone.Name}.weights.h5");
            using (var stream = File.Create(path))
            {
                FileLayer[] layers = [.. InKerasOrder(backbone), Top];
                KerasFiles.Keras3H5(stream, layers, (Addressing)addressing, inner, container, step);
            }

            Expect(backbone, path, backbone == SmallBackbones.ResNet ? 1.001e-5 : 1e-3);
        }
    }

    [Theory]
    [InlineData(Addressing.Class)]
    [InlineData(Addressing.ClassWithName)]
    public void Keras_file_gives_weights_in_the_order_of_its_config(object addressing)
    {
        // Not Keras's order: the config decides, and not what Gyrus thinks.
        var path = _folder.File("model.keras");
        KerasFiles.Zip(path, [Top, .. FileLayers.Of(SmallBackbones.ResNet, OldName)], Told, (Addressing)addressing);

        Expect(SmallBackbones.ResNet, path, Told);
    }

    [Fact]
    public void Top_is_left_out()
    {
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, [.. FileLayers.Of(SmallBackbones.ResNet), Top]);

        Expect(SmallBackbones.ResNet, path, 1.001e-5);
    }

    [Fact]
    public void Missing_layer_is_named()
    {
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, [.. FileLayers.Of(SmallBackbones.ResNet).Where(layer => layer.Name != "conv1_bn")]);

        Refuses(SmallBackbones.ResNet, path, "missing conv1_bn/gamma", "missing conv1_bn/moving_variance");
    }

    [Fact]
    public void Misshapen_tensor_is_named_with_both_shapes()
    {
        var path = _folder.File("weights.h5");
        var layers = FileLayers.Of(SmallBackbones.ResNet);
        layers[0] = layers[0] with { Tensors = [Tensor("conv1_conv/kernel", 7, 7, 1, 4), layers[0].Tensors[1]] };
        KerasFiles.LegacyH5(path, layers);

        Refuses(SmallBackbones.ResNet, path, "conv1_conv/kernel is [7, 7, 1, 4], not [7, 7, 3, 4]");
    }

    [Fact]
    public void Extra_tensor_of_a_layer_is_named()
    {
        var path = _folder.File("weights.h5");
        var layers = FileLayers.Of(SmallBackbones.Xception);
        layers[0] = layers[0] with { Tensors = [.. layers[0].Tensors, Tensor("block1_conv1/bias", 4)] };
        KerasFiles.LegacyH5(path, layers);

        Refuses(SmallBackbones.Xception, path, "block1_conv1 has 1 tensors too many");
    }

    [Fact]
    public void Other_backbones_weights_are_refused()
    {
        KerasFiles.Tfjs(_folder.Path, FileLayers.Of(SmallBackbones.ResNet), Told);
        var h5 = _folder.File("weights.h5");
        KerasFiles.LegacyH5(h5, FileLayers.Of(SmallBackbones.ResNet));
        var keras3 = _folder.File("3.weights.h5");
        using (var stream = File.Create(keras3))
            KerasFiles.Keras3H5(stream, InKerasOrder(SmallBackbones.ResNet), Addressing.Class);

        foreach (var path in new[] { _folder.Path, h5 })
            Refuses(SmallBackbones.Xception, path, "xception", "missing block1_conv1/kernel");
        Refuses(SmallBackbones.Xception, keras3, "block1_conv1/kernel is [7, 7, 3, 4]");
    }

    [Fact]
    public void Two_copies_of_a_layer_are_refused()
    {
        var backbone = SmallBackbones.ResNet;
        KerasFiles.Tfjs(_folder.Path, [.. FileLayers.Of(backbone), .. FileLayers.Of(backbone, OldName)], Told);

        Refuses(SmallBackbones.ResNet, _folder.Path, "conv1_conv is there 2 times");
    }

    [Fact]
    public void Batch_norms_with_different_epsilons_are_refused()
    {
        KerasFiles.Tfjs(_folder.Path, FileLayers.Of(SmallBackbones.ResNet), Told);
        var model = _folder.File("model.json");
        var text = File.ReadAllText(model);
        int first = text.IndexOf("0.0125", StringComparison.Ordinal);
        File.WriteAllText(model, text[..first] + "0.5" + text[(first + 6)..]);

        Refuses(SmallBackbones.ResNet, _folder.Path, "different epsilons", "0.5", "0.0125");
    }

    private static void Expect(Backbone backbone, string path, double epsilon, bool halves = false)
    {
        var weights = KerasWeights.Load(path, backbone);

        Assert.Equal(epsilon, weights.BatchNormEpsilon);
        Assert.Equal(backbone.Name, weights.Backbone);
        Assert.Equal(path, weights.Source);
        backbone.Graph.Require(weights.Tensors, path);
        foreach (var expected in GeneratedWeights.For(backbone).Tensors.Tensors)
        {
            Assert.Equal(
                halves ? Array.ConvertAll(expected.Values, value => (float)(Half)value) : expected.Values,
                weights.Tensors[expected.Name].Values);
        }
    }

    private static void Refuses(Backbone backbone, string path, params string[] parts)
    {
        var error = Assert.Throws<GyrusException>(() => KerasWeights.Load(path, backbone));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        foreach (var part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    /// <summary>By falling depth, the order written down by hand for the two small networks.</summary>
    private static FileLayer[] InKerasOrder(Backbone backbone)
    {
        string[] order = backbone == SmallBackbones.ResNet
            ?
            [
                "conv1_conv", "conv1_bn", "conv2_block1_1_conv", "conv2_block1_1_bn", "conv2_block1_0_conv",
                "conv2_block1_3_conv", "conv2_block1_0_bn", "conv2_block1_3_bn",
            ]
            :
            [
                "block1_conv1", "block1_conv1_bn", "block2_sepconv1", "block2_sepconv1_bn", "conv2d",
                "batch_normalization", "block3_sepconv1", "block3_sepconv1_bn", "conv2d_1", "batch_normalization_1",
            ];
        return [.. FileLayers.Of(backbone).OrderBy(layer => Array.IndexOf(order, layer.Name))];
    }

    private static FileLayer Top =>
        new("predictions", "Dense", [Tensor("predictions/kernel", 8, 2), Tensor("predictions/bias", 2)]);

    private static NamedTensor Tensor(string name, params int[] shape) =>
        new(name, shape, new float[shape.Aggregate(1, (product, size) => product * size)]);

    private static string OldName(string name) => name switch
    {
        "conv1_conv" => "conv1",
        "conv1_bn" => "bn_conv1",
        "conv2_block1_0_conv" => "res2a_branch1",
        "conv2_block1_0_bn" => "bn2a_branch1",
        "conv2_block1_1_conv" => "res2a_branch2a",
        "conv2_block1_1_bn" => "bn2a_branch2a",
        "conv2_block1_3_conv" => "res2a_branch2c",
        "conv2_block1_3_bn" => "bn2a_branch2c",
        _ => name,
    };
}
