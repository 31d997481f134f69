using System.Globalization;
using System.Text.RegularExpressions;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Backbones;

/// <summary>
/// Keras's MobileNetV2 of width 1.0 as layers, with Keras's names: Sandler et al. 2018, table 2. Keras puts a border of its own
/// (<c>correct_pad</c>, the layers <c>block_N_pad</c>) before a depthwise convolution of stride 2 without one; for a window of 3 that is
/// TensorFlow's <c>same</c> at every size, odd or even, so these layers, which have no weights, are left out.
/// </summary>
internal static partial class MobileNetV2
{
    private const int Expansion = 6;

    /// <summary>The blocks behind the first: how many in a row, their channels, and the first one's stride.</summary>
    private static readonly (int Count, int Filters, int Stride)[] Rows =
    [
        (2, 24, 2),
        (3, 32, 2),
        (4, 64, 2),
        (3, 96, 1),
        (3, 160, 2),
        (1, 320, 1),
    ];

    public static Backbone Create()
    {
        const int features = 1280;
        List<Layer> layers =
        [
            new Input("input"),                                                              // [N, 3, 224, 224]
            new Convolution("Conv1", "input", 3, 32, Kernel: 3, Stride: 2, Padding.Same, HasBias: false),
            new BatchNormalisation("bn_Conv1", "Conv1", 32),
            new Relu6("Conv1_relu", "bn_Conv1"),                                             // [N, 32, 112, 112]
        ];
        AddProjected(layers, "expanded_conv", "Conv1_relu", channels: 32, filters: 16, stride: 1);
        int channels = 16;
        int block = 1;
        foreach (var (count, filters, stride) in Rows)
        {
            for (int i = 0; i < count; i++)
            {
                AddBlock(layers, $"block_{block++}", channels, filters, i == 0 ? stride : 1);
                channels = filters;
            }
        }
        layers.Add(new Convolution("Conv_1", layers[^1].Name, channels, features, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false));
        layers.Add(new BatchNormalisation("Conv_1_bn", "Conv_1", features));
        layers.Add(new Relu6("out_relu", "Conv_1_bn"));                                      // [N, 1280, 7, 7]
        layers.Add(new GlobalAveragePooling("avg_pool", "out_relu"));                        // [N, 1280]
        return new Backbone("mobilenetv2", 224, Normalisation.Tf, features, "out_relu", new LayerGraph(layers))
        {
            OldNames = new OldKerasNames(CurrentName, BatchNormEpsilon: 1e-3),
            LastBlock = "block_16",
            // Keras publishes no hash of this file: what arrives is checked by the names and shapes of its weights alone.
            Published = new PublishedWeights(
                new Uri("https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/"
                    + "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5"),
                Hash: null,
                "Apache 2.0: ported by Keras from the weights of MobileNetV2's authors"),
        };
    }

    /// <summary>An inverted residual: more channels, a convolution of each by itself, and few channels again.</summary>
    private static void AddBlock(List<Layer> layers, string name, int channels, int filters, int stride)
    {
        const Padding none = Padding.Valid;
        var input = layers[^1].Name;
        int wide = Expansion * channels;
        layers.Add(new Convolution($"{name}_expand", input, channels, wide, Kernel: 1, Stride: 1, none, HasBias: false));
        layers.Add(new BatchNormalisation($"{name}_expand_BN", $"{name}_expand", wide));
        layers.Add(new Relu6($"{name}_expand_relu", $"{name}_expand_BN"));
        AddProjected(layers, name, $"{name}_expand_relu", wide, filters, stride);
        if (channels == filters && stride == 1) layers.Add(new Add($"{name}_add", input, $"{name}_project_BN"));
    }

    private static void AddProjected(List<Layer> layers, string name, string from, int channels, int filters, int stride)
    {
        layers.Add(new DepthwiseConvolution($"{name}_depthwise", from, channels, Kernel: 3, stride, Padding.Same, HasBias: false));
        layers.Add(new BatchNormalisation($"{name}_depthwise_BN", $"{name}_depthwise", channels));
        layers.Add(new Relu6($"{name}_depthwise_relu", $"{name}_depthwise_BN"));
        layers.Add(new Convolution($"{name}_project", $"{name}_depthwise_relu", channels, filters, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false));
        layers.Add(new BatchNormalisation($"{name}_project_BN", $"{name}_project", filters));
    }

    /// <summary>The name that Keras has used since 2.2.1 for a layer, for the name used before: <c>block_3_expand_BN</c> was
    /// <c>bn3_conv_bn_expand</c>.</summary>
    private static string CurrentName(string name)
    {
        var match = OldName().Match(name);
        if (!match.Success) return name;
        int block = int.Parse(match.Groups["block"].ValueSpan, CultureInfo.InvariantCulture);
        var prefix = block == 0 ? "expanded_conv" : string.Create(CultureInfo.InvariantCulture, $"block_{block}");
        return $"{prefix}_{match.Groups["part"].Value}{(match.Groups["kind"].Value == "bn" ? "_BN" : "")}";
    }

    [GeneratedRegex("^(?<kind>mobl|bn)(?<block>[0-9]{1,2})_conv_(bn_)?(?<part>expand|depthwise|project)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex OldName();
}
