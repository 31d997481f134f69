using Gyrus.Data.Downloads;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Backbones;

/// <summary>Keras's DenseNet121 as layers, with Keras's names: Huang et al. 2017, table 1, growth rate 32.</summary>
internal static class DenseNet121
{
    private const int Growth = 32;

    private static readonly int[] Blocks = [6, 12, 24, 16];

    public static Backbone Create()
    {
        List<Layer> layers =
        [
            new Input("input"),                                                              // [N, 3, 224, 224]
            new ZeroPadding("conv1_pad", "input", 3),
            new Convolution("conv1_conv", "conv1_pad", 3, 64, Kernel: 7, Stride: 2, Padding.Valid, HasBias: false),
            new BatchNormalisation("conv1_bn", "conv1_conv", 64),
            new Relu("conv1_relu", "conv1_bn"),                                              // [N, 64, 112, 112]
            new ZeroPadding("pool1_pad", "conv1_relu", 1),
            new MaxPooling("pool1", "pool1_pad", Padding.Valid),                             // [N, 64, 56, 56]
        ];
        int channels = 64;
        for (int stage = 0; stage < Blocks.Length; stage++)
        {
            for (int block = 1; block <= Blocks[stage]; block++)
            {
                AddBlock(layers, $"conv{stage + 2}_block{block}", channels);
                channels += Growth;
            }
            if (stage == Blocks.Length - 1) break;
            AddTransition(layers, $"pool{stage + 2}", channels);
            channels /= 2;
        }
        layers.Add(new BatchNormalisation("bn", layers[^1].Name, channels));
        layers.Add(new Relu("relu", "bn"));                                                  // [N, 1024, 7, 7]
        layers.Add(new GlobalAveragePooling("avg_pool", "relu"));                            // [N, 1024]
        return new Backbone("densenet121", 224, Normalisation.Torch, channels, "relu", new LayerGraph(layers))
        {
            BatchNormEpsilon = 1.001e-5,
            OldNames = new OldKerasNames(CurrentName, BatchNormEpsilon: 1.001e-5),
            LastBlock = "conv5",
            Published = new PublishedWeights(
                new Uri("https://storage.googleapis.com/tensorflow/keras-applications/densenet/"
                    + "densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5"),
                FileHash.Md5("30ee3e1110167f948a6b9946edeeb738"),
                "BSD 3-clause: ported by Keras from the weights of DenseNet's authors"),
        };
    }

    /// <summary>The first layers' names had a slash in Keras 2.</summary>
    private static string CurrentName(string name) => name switch
    {
        "conv1/conv" => "conv1_conv",
        "conv1/bn" => "conv1_bn",
        _ => name,
    };

    /// <summary>A convolution of few channels over all that came before, put behind these.</summary>
    private static void AddBlock(List<Layer> layers, string name, int channels)
    {
        const int narrow = 4 * Growth;
        var input = layers[^1].Name;
        layers.Add(new BatchNormalisation($"{name}_0_bn", input, channels));
        layers.Add(new Relu($"{name}_0_relu", $"{name}_0_bn"));
        layers.Add(new Convolution($"{name}_1_conv", $"{name}_0_relu", channels, narrow, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false));
        layers.Add(new BatchNormalisation($"{name}_1_bn", $"{name}_1_conv", narrow));
        layers.Add(new Relu($"{name}_1_relu", $"{name}_1_bn"));
        layers.Add(new Convolution($"{name}_2_conv", $"{name}_1_relu", narrow, Growth, Kernel: 3, Stride: 1, Padding.Same, HasBias: false));
        layers.Add(new Concatenation($"{name}_concat", input, $"{name}_2_conv"));
    }

    /// <summary>Half of the channels, at half the size.</summary>
    private static void AddTransition(List<Layer> layers, string name, int channels)
    {
        layers.Add(new BatchNormalisation($"{name}_bn", layers[^1].Name, channels));
        layers.Add(new Relu($"{name}_relu", $"{name}_bn"));
        layers.Add(new Convolution($"{name}_conv", $"{name}_relu", channels, channels / 2, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false));
        layers.Add(new AveragePooling($"{name}_pool", $"{name}_conv", 2));
    }
}
