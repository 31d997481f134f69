using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tests.Layers;
using Gyrus.Learning.Tests.Weights;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace Gyrus.Learning.Tests.Export.Int8;

public sealed class Int8ExporterTests : IDisposable
{
    private const int Size = 32;
    private const double Epsilon = 1e-3;

    private readonly TempFolder _folder = new();
    private readonly float[][] _images = [.. Enumerable.Range(0, 12).Select(i => RandomWeights.Image(Size, seed: i))];

    [Fact]
    public void Write_of_every_kind_of_layer_computes_nearly_what_float32_does()
    {
        var model = Model(SmallNetworks.EveryLayer, SmallNetworks.Map, SmallNetworks.Features, seed: 30);

        var (expected, actual) = RunBoth(model);

        foreach (var name in (string[])["logits", "features", "activations"])
        {
            // 8 layers of about 1/128 each.
            Assert.InRange(RelativeDifference(expected[name], actual[name]), 0, 0.07);
            Assert.NotEqual(expected[name], actual[name]);
        }
    }

    [Fact]
    public void Write_with_ranges_that_cut_much_off_is_further_from_float32()
    {
        var model = Model(Residual, "out", "avg_pool", seed: 31);
        var exporter = Int8Exporter.Calibrate(model, _images);

        var float32 = Run(Written("float", path => OnnxExporter.Write(path, model)), _images);
        var all = Run(Written("all", path => exporter.Write(path, 1)), _images);
        var half = Run(Written("half", path => exporter.Write(path, 0.6)), _images);

        Assert.True(RelativeDifference(float32["logits"], all["logits"]) * 3
            < RelativeDifference(float32["logits"], half["logits"]));
        Assert.All(exporter.Ranges(1), pair => Assert.True(
            pair.Value.Low <= exporter.Ranges(0.6)[pair.Key].Low && pair.Value.High >= exporter.Ranges(0.6)[pair.Key].High));
    }

    [Fact]
    public void Write_leaves_nothing_between_the_convolutions_for_float32()
    {
        var model = Model(Residual, "out", "avg_pool", seed: 32) with { Names = OnnxModel.UsualNames with { Evidence = null, LabelEvidence = null } };

        var types = OptimisedTypes(model);

        int Count(string type) => types.Count(one => one == type);
        Assert.Equal(5, Count("QLinearConv"));
        Assert.Equal(1, Count("QLinearAdd"));
        Assert.Equal(0, Count("Conv") + Count("FusedConv") + Count("Pad"));
        Assert.Equal(1, Count("QuantizeLinear"));
        Assert.Equal(1, Count("Add"));
    }

    [Fact]
    public void Write_leaves_nothing_of_an_inverted_residual_for_float32_either()
    {
        var model = Model(InvertedResidual, "out", "avg_pool", seed: 37) with { Names = OnnxModel.UsualNames with { Evidence = null, LabelEvidence = null } };

        var types = OptimisedTypes(model);

        int Count(string type) => types.Count(one => one == type);
        Assert.Equal(6, Count("QLinearConv"));
        Assert.Equal(1, Count("QLinearAdd"));
        Assert.Equal(0, Count("Conv") + Count("FusedConv") + Count("Clip") + Count("Add"));
    }

    /// <summary>The types of the nodes that ONNX Runtime makes of a network in eight bits.</summary>
    private List<string> OptimisedTypes(OnnxModel model)
    {
        var path = Written("model", file => Int8Exporter.Calibrate(model, _images).Write(file, 1));
        var optimised = _folder.File("optimised.onnx");
        using (var options = OnnxSession.Options())
        {
            options.OptimizedModelFilePath = optimised;
            using var session = new InferenceSession(path, options);
        }
        return [.. Learning.Onnx.ModelProto.Parser.ParseFrom(File.ReadAllBytes(optimised)).Graph.Node.Select(node => node.OpType)];
    }

    [Theory]
    [InlineData("densenet121", 0.2)]
    [InlineData("mobilenetv2", 0.3)]
    public void A_backbone_in_eight_bits_gives_nearly_the_features_of_float32(string name, double largest)
    {
        var backbone = Backbone.Named(name);
        var (graph, tensors) = DrawnClassifier.Network(backbone, PublishedLabels.Set);
        var model = new OnnxModel(graph, tensors, DrawnClassifier.Size, backbone.FeatureMap, backbone.Graph.Output, OnnxModel.UsualNames, Float16: false)
        {
            Labels = PublishedLabels.Set,
        };
        float[][] images = [.. Enumerable.Range(0, 8).Select(i => RandomWeights.Image(DrawnClassifier.Size, seed: i))];

        var float32 = Run(Written("float32", path => OnnxExporter.Write(path, model)), images, DrawnClassifier.Size)["features"];
        var int8 = Run(Written("int8", path => Int8Exporter.Calibrate(model, images).Write(path, 1)), images, DrawnClassifier.Size)["features"];

        Assert.InRange(RelativeDifference(float32, int8), 1e-6, largest);
    }

    [Fact]
    public void Write_of_the_same_network_and_images_gives_the_same_bytes()
    {
        var model = Model(SmallNetworks.EveryLayer, SmallNetworks.Map, SmallNetworks.Features, seed: 33);

        var first = Written("first", path => Int8Exporter.Calibrate(model, _images).Write(path, 0.9999));
        var second = Written("second", path => Int8Exporter.Calibrate(model, _images).Write(path, 0.9999));

        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
    }

    [Fact]
    public void Calibrate_without_an_image_says_so() =>
        Assert.Contains("training images", Assert.Throws<GyrusException>(() => Int8Exporter.Calibrate(
            Model(Residual, "out", "avg_pool", seed: 34), [])).Message);

    [Fact]
    public void Calibrate_of_a_network_that_gives_no_numbers_says_where()
    {
        var model = Model(Residual, "out", "avg_pool", seed: 35);
        model.Tensors["conv2/kernel"].Values[0] = float.NaN;

        var error = Assert.Throws<GyrusException>(() => Int8Exporter.Calibrate(model, _images));
        Assert.Contains("no number at", error.Message);
    }

    [Fact]
    public void ResNet50_in_eight_bits_gives_nearly_the_features_of_float32_in_a_third_of_the_space()
    {
        var weights = CachedWeights.ResNet50();
        var backbone = Backbone.ResNet50;
        const int size = 96;
        var head = HeadOptions.Published.Graph(backbone.FeatureCount, PublishedLabels.Set.Count);
        var tensors = weights.Tensors.With(RandomWeights.For(head, seed: 36));
        var (graph, folded) = BatchNormFolding.Fold(backbone.Graph.Then(head), tensors, weights.BatchNormEpsilon);
        var model = new OnnxModel(
            graph, folded, size, backbone.FeatureMap, backbone.Graph.Output, OnnxModel.UsualNames, Float16: false)
        {
            Labels = PublishedLabels.Set,
        };
        float[][] images = [.. Directory.GetFiles(TestFiles.Root + "/samples", "*.png").Order(StringComparer.Ordinal).Take(12)
            .Select(path => Pixels(path, backbone.Preprocessing(size: size)))];

        var float32 = Written("float32", path => OnnxExporter.Write(path, model));
        var int8 = Written("int8", path => Int8Exporter.Calibrate(model, images).Write(path, 1));
        var expected = Run(float32, images, size)["features"];

        Assert.InRange(RelativeDifference(expected, Run(int8, images, size)["features"]), 0, 0.15);
        Assert.InRange(new FileInfo(int8).Length, 0, new FileInfo(float32).Length / 3);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The beginning and a block of ResNet50, a few channels wide, and a block that ends at the pool.</summary>
    private static LayerGraph Residual { get; } = new(
    [
        new Input("input"),
        new ZeroPadding("pad", "input", 3),
        new Convolution("conv1", "pad", 3, 8, Kernel: 7, Stride: 2, Padding.Valid, HasBias: true),
        new Relu("relu1", "conv1"),
        new ZeroPadding("pool_pad", "relu1", 1),
        new MaxPooling("pool", "pool_pad", Padding.Valid),
        new Convolution("conv2", "pool", 8, 8, Kernel: 3, Stride: 1, Padding.Same, HasBias: true),
        new Relu("relu2", "conv2"),
        new Convolution("conv3", "relu2", 8, 16, Kernel: 1, Stride: 1, Padding.Same, HasBias: true),
        new Convolution("shortcut", "pool", 8, 16, Kernel: 1, Stride: 1, Padding.Same, HasBias: true),
        new Add("add1", "shortcut", "conv3"),
        new Relu("block1", "add1"),
        new Convolution("conv4", "block1", 16, 16, Kernel: 3, Stride: 1, Padding.Same, HasBias: true),
        new Add("add2", "block1", "conv4"),
        new Relu("out", "add2"),
        new GlobalAveragePooling("avg_pool", "out"),
        new Dense("logits", "avg_pool", 16, 7),
    ]);

    /// <summary>The beginning and a block of MobileNetV2, a few channels wide.</summary>
    private static LayerGraph InvertedResidual { get; } = new(
    [
        new Input("input"),
        new Convolution("conv1", "input", 3, 8, Kernel: 3, Stride: 2, Padding.Same, HasBias: true),
        new Relu6("relu1", "conv1"),
        new Convolution("project1", "relu1", 8, 4, Kernel: 1, Stride: 1, Padding.Valid, HasBias: true),
        new Convolution("expand", "project1", 4, 24, Kernel: 1, Stride: 1, Padding.Valid, HasBias: true),
        new Relu6("expand_relu", "expand"),
        new DepthwiseConvolution("depthwise", "expand_relu", 24, Kernel: 3, Stride: 1, Padding.Same, HasBias: true),
        new Relu6("depthwise_relu", "depthwise"),
        new Convolution("project2", "depthwise_relu", 24, 4, Kernel: 1, Stride: 1, Padding.Valid, HasBias: true),
        new Add("add", "project1", "project2"),
        new Convolution("last", "add", 4, 16, Kernel: 1, Stride: 1, Padding.Valid, HasBias: true),
        new Relu6("out", "last"),
        new GlobalAveragePooling("avg_pool", "out"),
        new Dense("logits", "avg_pool", 16, 7),
    ]);

    private static OnnxModel Model(LayerGraph graph, string map, string features, int seed)
    {
        var (folded, tensors) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed), Epsilon);
        return new OnnxModel(folded, tensors, Size, map, features, OnnxModel.UsualNames, Float16: false)
        {
            Labels = PublishedLabels.Set,
        };
    }

    private static float[] Pixels(string path, Preprocessing preprocessing)
    {
        var values = new float[preprocessing.Length];
        ScanTensor.Write(ScanDecoder.Read(path), preprocessing, values);
        return values;
    }

    private string Written(string name, Action<string> write)
    {
        var path = _folder.File(name + ".onnx");
        write(path);
        return path;
    }

    private (Dictionary<string, float[]> Float32, Dictionary<string, float[]> Int8) RunBoth(OnnxModel model) => (
        Run(Written("float32", path => OnnxExporter.Write(path, model)), _images),
        Run(Written("int8", path => Int8Exporter.Calibrate(model, _images).Write(path, 1)), _images));

    private static Dictionary<string, float[]> Run(string path, float[][] images, int size = Size)
    {
        using var session = OnnxSession.Open(path);
        using var input = OrtValue.CreateTensorValueFromMemory(
            images.SelectMany(values => values).ToArray(), [images.Length, 3, size, size]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], session.OutputNames);
        return session.OutputNames.Zip(outputs).ToDictionary(
            pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }

    /// <summary>Root of the mean squared difference, against that of the values.</summary>
    private static double RelativeDifference(float[] expected, float[] actual) => Math.Sqrt(
        expected.Zip(actual, (a, b) => Math.Pow(a - b, 2)).Sum() / expected.Sum(value => (double)value * value));
}
