using System.Globalization;
using System.Text.RegularExpressions;
using Gyrus.Data.Downloads;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Backbones;

/// <summary>Keras's ResNet50 as layers, with the names that Keras has used since 2.2.5.</summary>
internal static partial class ResNet50
{
    private static readonly (int Blocks, int Filters)[] Stages = [(3, 64), (4, 128), (6, 256), (3, 512)];

    public static Backbone Create()
    {
        List<Layer> layers =
        [
            new Input("input"),                                                              // [N, 3, 224, 224]
            new ZeroPadding("conv1_pad", "input", 3),
            new Convolution("conv1_conv", "conv1_pad", 3, 64, Kernel: 7, Stride: 2, Padding.Valid, HasBias: true),
            new BatchNormalisation("conv1_bn", "conv1_conv", 64),
            new Relu("conv1_relu", "conv1_bn"),                                              // [N, 64, 112, 112]
            new ZeroPadding("pool1_pad", "conv1_relu", 1),
            new MaxPooling("pool1_pool", "pool1_pad", Padding.Valid),                        // [N, 64, 56, 56]
        ];
        int channels = 64;
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            var (blocks, filters) = Stages[stage];
            for (int block = 1; block <= blocks; block++)
            {
                int stride = block == 1 && stage > 0 ? 2 : 1;
                AddBlock(layers, $"conv{stage + 2}_block{block}", channels, filters, stride, block == 1);
                channels = 4 * filters;
            }
        }
        var map = layers[^1].Name;                                                           // [N, 2048, 7, 7]
        layers.Add(new GlobalAveragePooling("avg_pool", map));                               // [N, 2048]
        return new Backbone("resnet50", 224, Normalisation.Caffe, channels, map, new LayerGraph(layers))
        {
            // keras/applications/resnet.py has 1.001e-5 since the layers have their new names; before, they had the
            // layer's own default.
            BatchNormEpsilon = 1.001e-5,
            OldNames = new OldKerasNames(CurrentName, BatchNormEpsilon: 1e-3),
            LastBlock = "conv5",
            Published = new PublishedWeights(
                new Uri("https://storage.googleapis.com/tensorflow/keras-applications/resnet/"
                    + "resnet50_weights_tf_dim_ordering_tf_kernels_notop.h5"),
                FileHash.Md5("4d473c1dd8becc155b73f8504c6f6626"),
                "MIT: ported by Keras from the weights of Kaiming He"),
        };
    }

    /// <summary>The name that Keras has used since 2.2.5 for a layer, for the name used before.</summary>
    private static string CurrentName(string name)
    {
        if (name == "conv1") return "conv1_conv";
        if (name == "bn_conv1") return "conv1_bn";
        var match = OldName().Match(name);
        if (!match.Success) return name;
        int block = match.Groups["block"].Value[0] - 'a' + 1;
        int branch = match.Groups["branch"] is { Success: true, Value: var letter } ? letter[0] - 'a' + 1 : 0;
        var kind = match.Groups["kind"].Value == "res" ? "conv" : "bn";
        return string.Create(CultureInfo.InvariantCulture,
            $"conv{match.Groups["stage"].Value}_block{block}_{branch}_{kind}");
    }

    private static void AddBlock(
        List<Layer> layers, string name, int channels, int filters, int stride, bool projectsShortcut)
    {
        var input = layers[^1].Name;
        var shortcut = input;
        if (projectsShortcut)
        {
            layers.Add(Conv($"{name}_0_conv", input, channels, 4 * filters, 1, stride));
            layers.Add(new BatchNormalisation($"{name}_0_bn", $"{name}_0_conv", 4 * filters));
            shortcut = $"{name}_0_bn";
        }
        layers.Add(Conv($"{name}_1_conv", input, channels, filters, 1, stride));
        layers.Add(new BatchNormalisation($"{name}_1_bn", $"{name}_1_conv", filters));
        layers.Add(new Relu($"{name}_1_relu", $"{name}_1_bn"));
        layers.Add(Conv($"{name}_2_conv", $"{name}_1_relu", filters, filters, 3, 1));
        layers.Add(new BatchNormalisation($"{name}_2_bn", $"{name}_2_conv", filters));
        layers.Add(new Relu($"{name}_2_relu", $"{name}_2_bn"));
        layers.Add(Conv($"{name}_3_conv", $"{name}_2_relu", filters, 4 * filters, 1, 1));
        layers.Add(new BatchNormalisation($"{name}_3_bn", $"{name}_3_conv", 4 * filters));
        layers.Add(new Add($"{name}_add", shortcut, $"{name}_3_bn"));
        layers.Add(new Relu($"{name}_out", $"{name}_add"));
    }

    private static Convolution Conv(string name, string from, int channels, int filters, int kernel, int stride) =>
        new(name, from, channels, filters, kernel, stride, Padding.Same, HasBias: true);

    [GeneratedRegex("^(?<kind>res|bn)(?<stage>[2-5])(?<block>[a-f])_branch(1|2(?<branch>[abc]))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OldName();
}
