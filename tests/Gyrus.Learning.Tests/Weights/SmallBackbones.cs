using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>The backbones with few layers and channels, under the real ones' names.</summary>
internal static class SmallBackbones
{
    public static Backbone ResNet { get; } = Backbone.ResNet50 with
    {
        Graph = new LayerGraph(
        [
            new Input("input"),
            new Convolution("conv1_conv", "input", 3, 4, Kernel: 7, Stride: 2, Padding.Valid, HasBias: true),
            new BatchNormalisation("conv1_bn", "conv1_conv", 4),
            new Relu("conv1_relu", "conv1_bn"),
            new Convolution("conv2_block1_0_conv", "conv1_relu", 4, 8, 1, 1, Padding.Same, HasBias: true),
            new BatchNormalisation("conv2_block1_0_bn", "conv2_block1_0_conv", 8),
            new Convolution("conv2_block1_1_conv", "conv1_relu", 4, 5, 1, 1, Padding.Same, HasBias: true),
            new BatchNormalisation("conv2_block1_1_bn", "conv2_block1_1_conv", 5),
            new Convolution("conv2_block1_3_conv", "conv2_block1_1_bn", 5, 8, 1, 1, Padding.Same, HasBias: true),
            new BatchNormalisation("conv2_block1_3_bn", "conv2_block1_3_conv", 8),
            new Add("conv2_block1_add", "conv2_block1_0_bn", "conv2_block1_3_bn"),
            new GlobalAveragePooling("avg_pool", "conv2_block1_add"),
        ]),
    };

    public static Backbone Xception { get; } = Backbone.Xception with
    {
        Graph = new LayerGraph(
        [
            new Input("input"),
            new Convolution("block1_conv1", "input", 3, 4, Kernel: 3, Stride: 2, Padding.Valid, HasBias: false),
            new BatchNormalisation("block1_conv1_bn", "block1_conv1", 4),
            new Convolution("conv2d", "block1_conv1_bn", 4, 6, Kernel: 1, Stride: 2, Padding.Same, HasBias: false),
            new BatchNormalisation("batch_normalization", "conv2d", 6),
            new SeparableConvolution("block2_sepconv1", "block1_conv1_bn", 4, 6, HasBias: false),
            new BatchNormalisation("block2_sepconv1_bn", "block2_sepconv1", 6),
            new MaxPooling("block2_pool", "block2_sepconv1_bn", Padding.Same),
            new Add("block2_add", "block2_pool", "batch_normalization"),
            new Convolution("conv2d_1", "block2_add", 6, 8, Kernel: 1, Stride: 2, Padding.Same, HasBias: false),
            new BatchNormalisation("batch_normalization_1", "conv2d_1", 8),
            new SeparableConvolution("block3_sepconv1", "block2_add", 6, 8, HasBias: false),
            new BatchNormalisation("block3_sepconv1_bn", "block3_sepconv1", 8),
            new MaxPooling("block3_pool", "block3_sepconv1_bn", Padding.Same),
            new Add("block3_add", "block3_pool", "batch_normalization_1"),
            new GlobalAveragePooling("avg_pool", "block3_add"),
        ]),
    };
}
