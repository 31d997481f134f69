using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Tests.Layers;

/// <summary>A network of a few channels that has every kind of layer, folded or not, in the arrangements of the backbones, and a batch
/// normalisation behind a sum, which no convolution can take.</summary>
internal static class SmallNetworks
{
    /// <summary>The last feature map of <see cref="EveryLayer"/>: [N, 6, H, W].</summary>
    public const string Map = "sep2_relu";

    /// <summary>The pooled features of <see cref="EveryLayer"/>: [N, 6].</summary>
    public const string Features = "avg_pool";

    public static LayerGraph EveryLayer { get; } = new(
    [
        new Input("input"),
        new Rounding("rounded", "input", 2f / 255, -1),
        new Standardisation("standard", "rounded", 3),
        new ZeroPadding("pad", "standard", 1),
        new Convolution("conv1", "pad", 3, 4, Kernel: 3, Stride: 1, Padding.Valid, HasBias: true),
        new BatchNormalisation("conv1_bn", "conv1", 4),
        new Relu("conv1_relu", "conv1_bn"),
        new Convolution("shortcut", "conv1_relu", 4, 5, Kernel: 1, Stride: 2, Padding.Same, HasBias: false),
        new BatchNormalisation("shortcut_bn", "shortcut", 5),
        new SeparableConvolution("sep1", "conv1_relu", 4, 5, HasBias: false),
        new BatchNormalisation("sep1_bn", "sep1", 5),
        new MaxPooling("pool", "sep1_bn", Padding.Same),
        new Add("add", "pool", "shortcut_bn"),
        new BatchNormalisation("add_bn", "add", 5),
        new ZeroPadding("mean_pad", "conv1_relu", 0, 1),
        new AveragePooling("mean", "mean_pad", 2),
        new DepthwiseConvolution("depthwise", "conv1_relu", 4, Kernel: 3, Stride: 2, Padding.Same, HasBias: false),
        new BatchNormalisation("depthwise_bn", "depthwise", 4),
        new Relu6("depthwise_relu", "depthwise_bn"),
        new Concatenation("halves", "mean", "depthwise_relu"),
        new Concatenation("wide", "add_bn", "halves"),
        new Convolution("conv2", "wide", 13, 5, Kernel: 3, Stride: 2, Padding.Same, HasBias: true),
        new BatchNormalisation("conv2_bn", "conv2", 5),
        new MaxPooling("pool2", "conv2_bn", Padding.Valid),
        new SeparableConvolution("sep2", "pool2", 5, 6, HasBias: true),
        new Relu("sep2_relu", "sep2"),
        new GlobalAveragePooling("avg_pool", "sep2_relu"),
        new Dense("dense", "avg_pool", 6, 8),
        new Relu("dense_relu", "dense"),
        new Dropout("dropout", "dense_relu", 0.5),
        new Dense("logits", "dropout", 8, 7),
    ]);
}
