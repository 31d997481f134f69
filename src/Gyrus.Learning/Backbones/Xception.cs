using Gyrus.Data.Downloads;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Backbones;

/// <summary>
/// Keras's Xception as layers, with Keras's names. The layers that Keras leaves to its automatic numbering are
/// <c>conv2d</c>, <c>conv2d_1</c>, … and <c>batch_normalization</c>, … here, in the order in which they stand.
/// </summary>
internal static class Xception
{
    public static Backbone Create()
    {
        List<Layer> layers =
        [
            new Input("input"),                                                              // [N, 3, 299, 299]
            new Convolution("block1_conv1", "input", 3, 32, Kernel: 3, Stride: 2, Padding.Valid, HasBias: false),
            new BatchNormalisation("block1_conv1_bn", "block1_conv1", 32),
            new Relu("block1_conv1_act", "block1_conv1_bn"),                                 // [N, 32, 149, 149]
            new Convolution(
                "block1_conv2", "block1_conv1_act", 32, 64, Kernel: 3, Stride: 1, Padding.Valid, HasBias: false),
            new BatchNormalisation("block1_conv2_bn", "block1_conv2", 64),
            new Relu("block1_conv2_act", "block1_conv2_bn"),                                 // [N, 64, 147, 147]
        ];
        AddReducing(layers, block: 2, residual: 0, channels: 64, first: 128, second: 128);   // [N, 128, 74, 74]
        AddReducing(layers, block: 3, residual: 1, channels: 128, first: 256, second: 256);  // [N, 256, 37, 37]
        AddReducing(layers, block: 4, residual: 2, channels: 256, first: 728, second: 728);  // [N, 728, 19, 19]
        for (int block = 5; block <= 12; block++) AddMiddle(layers, block, channels: 728);
        AddReducing(layers, block: 13, residual: 3, channels: 728, first: 728, second: 1024); // [N, 1024, 10, 10]
        AddSeparable(layers, "block14_sepconv1", layers[^1].Name, 1024, 1536);
        layers.Add(new Relu("block14_sepconv1_act", layers[^1].Name));
        AddSeparable(layers, "block14_sepconv2", layers[^1].Name, 1536, 2048);
        layers.Add(new Relu("block14_sepconv2_act", layers[^1].Name));                       // [N, 2048, 10, 10]
        var map = layers[^1].Name;
        layers.Add(new GlobalAveragePooling("avg_pool", map));                               // [N, 2048]
        return new Backbone("xception", 299, Normalisation.Tf, 2048, map, new LayerGraph(layers))
        {
            LastBlock = "block14",
            Published = new PublishedWeights(
                new Uri("https://storage.googleapis.com/tensorflow/keras-applications/xception/"
                    + "xception_weights_tf_dim_ordering_tf_kernels_notop.h5"),
                FileHash.Md5("b0042744bf5b25fce3cb969f33bebb97"),
                "MIT: trained by the author of Keras"),
        };
    }

    private static void AddReducing(List<Layer> layers, int block, int residual, int channels, int first, int second)
    {
        var input = layers[^1].Name;
        var suffix = residual == 0 ? "" : $"_{residual}";
        layers.Add(new Convolution(
            $"conv2d{suffix}", input, channels, second, Kernel: 1, Stride: 2, Padding.Same, HasBias: false));
        layers.Add(new BatchNormalisation($"batch_normalization{suffix}", $"conv2d{suffix}", second));

        // Block 2 has no activation in front: block 1 ends with one.
        var from = input;
        if (block > 2)
        {
            layers.Add(new Relu($"block{block}_sepconv1_act", input));
            from = layers[^1].Name;
        }
        AddSeparable(layers, $"block{block}_sepconv1", from, channels, first);
        layers.Add(new Relu($"block{block}_sepconv2_act", layers[^1].Name));
        AddSeparable(layers, $"block{block}_sepconv2", layers[^1].Name, first, second);
        layers.Add(new MaxPooling($"block{block}_pool", layers[^1].Name, Padding.Same));
        layers.Add(new Add($"block{block}_add", $"block{block}_pool", $"batch_normalization{suffix}"));
    }

    private static void AddMiddle(List<Layer> layers, int block, int channels)
    {
        var input = layers[^1].Name;
        for (int i = 1; i <= 3; i++)
        {
            layers.Add(new Relu($"block{block}_sepconv{i}_act", layers[^1].Name));
            AddSeparable(layers, $"block{block}_sepconv{i}", layers[^1].Name, channels, channels);
        }
        layers.Add(new Add($"block{block}_add", layers[^1].Name, input));
    }

    private static void AddSeparable(List<Layer> layers, string name, string from, int channels, int filters)
    {
        layers.Add(new SeparableConvolution(name, from, channels, filters, HasBias: false));
        layers.Add(new BatchNormalisation($"{name}_bn", name, filters));
    }
}
