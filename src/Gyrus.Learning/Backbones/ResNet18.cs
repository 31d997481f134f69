using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Backbones;

/// <summary>ResNet18: He et al. 2016, table 1, with the border of one pixel on all sides and no bias, as in the files of CNTK, PyTorch and ONNX's model zoo. Keras has none; layers are named as
/// those of its ResNet50. The file that comes with Gyrus, of CNTK, has a third block in the last stage, which is left out: a residual network without one of its blocks is nearly the same (Veit et al.
/// 2016), and what is left of the difference is fitted.</summary>
internal static class ResNet18
{
    private const int BlocksOfStage = 2;

    private static readonly int[] Filters = [64, 128, 256, 512];

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
            new MaxPooling("pool1_pool", "pool1_pad", Padding.Valid),                        // [N, 64, 56, 56]
        ];
        int channels = 64;
        for (int stage = 0; stage < Filters.Length; stage++)
        {
            for (int block = 1; block <= BlocksOfStage; block++)
            {
                AddBlock(layers, $"conv{stage + 2}_block{block}", channels, Filters[stage], stride: block == 1 && stage > 0 ? 2 : 1);
                channels = Filters[stage];
            }
        }
        var map = layers[^1].Name;                                                           // [N, 512, 7, 7]
        layers.Add(new GlobalAveragePooling("avg_pool", map));                               // [N, 512]
        return new Backbone("resnet18", 224, Normalisation.Caffe, channels, map, new LayerGraph(layers))
        {
            BatchNormEpsilon = 1e-5,
            LastBlock = "conv5",
            Shipped = new ShippedWeights("resnet18.onnx", "MIT: of the NuGet package Microsoft.ML.DnnImageFeaturizer.ResNet18"),
        };
    }

    private static void AddBlock(List<Layer> layers, string name, int channels, int filters, int stride)
    {
        var input = layers[^1].Name;
        var shortcut = input;
        if (stride > 1)
        {
            layers.Add(new Convolution($"{name}_0_conv", input, channels, filters, Kernel: 1, stride, Padding.Valid, HasBias: false));
            layers.Add(new BatchNormalisation($"{name}_0_bn", $"{name}_0_conv", filters));
            shortcut = $"{name}_0_bn";
        }
        layers.Add(new ZeroPadding($"{name}_1_pad", input, 1));
        layers.Add(new Convolution($"{name}_1_conv", $"{name}_1_pad", channels, filters, Kernel: 3, stride, Padding.Valid, HasBias: false));
        layers.Add(new BatchNormalisation($"{name}_1_bn", $"{name}_1_conv", filters));
        layers.Add(new Relu($"{name}_1_relu", $"{name}_1_bn"));
        layers.Add(new Convolution($"{name}_2_conv", $"{name}_1_relu", filters, filters, Kernel: 3, Stride: 1, Padding.Same, HasBias: false));
        layers.Add(new BatchNormalisation($"{name}_2_bn", $"{name}_2_conv", filters));
        layers.Add(new Add($"{name}_add", shortcut, $"{name}_2_bn"));
        layers.Add(new Relu($"{name}_out", $"{name}_add"));
    }
}
