using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Tests.Layers;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace Gyrus.Learning.Tests.Export;

public sealed class OnnxExporterTests : IDisposable
{
    private const double Epsilon = 1e-3;

    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(32)]
    [InlineData(33)]
    public void Write_makes_a_file_that_computes_what_the_layers_say(int size)
    {
        var graph = SmallNetworks.EveryLayer;
        var tensors = RandomWeights.For(graph, seed: 1);
        var image = Volume.Image(RandomWeights.Image(size, seed: 2));

        var path = Export(graph, tensors, size, float16: false);

        var expected = new NaiveNetwork(graph, tensors, Epsilon).Run(image);
        var actual = Run(path, size, image);
        AssertClose(expected["logits"].Values, actual["logits"].Values);
        AssertClose(expected[SmallNetworks.Features].Values, actual["features"].Values);
        AssertClose(expected[SmallNetworks.Map].Values, actual["activations"].Values);
        Assert.Equal([1, 6, expected[SmallNetworks.Map].Height, expected[SmallNetworks.Map].Width],
            actual["activations"].Shape);
    }

    [Fact]
    public void Write_makes_a_file_that_takes_any_number_of_images()
    {
        const int size = 21;
        var path = Export(SmallNetworks.EveryLayer, RandomWeights.For(SmallNetworks.EveryLayer, seed: 3), size, false);
        Volume[] images = [.. Enumerable.Range(0, 5).Select(i => Volume.Image(RandomWeights.Image(size, seed: 10 + i)))];

        var together = Run(path, size, images);

        Assert.Equal([5, 7], together["logits"].Shape);
        var oneByOne = images.SelectMany(image => Run(path, size, image)["logits"].Values).ToArray();
        AssertClose([.. oneByOne.Select(value => (double)value)], together["logits"].Values);
    }

    [Fact]
    public void Write_with_float16_storage_computes_what_the_rounded_weights_say_in_half_the_space()
    {
        const int size = 24;
        var graph = WideNetwork;
        var tensors = RandomWeights.For(graph, seed: 4);
        var image = Volume.Image(RandomWeights.Image(size, seed: 5));
        var (folded, foldedTensors) = BatchNormFolding.Fold(graph, tensors, Epsilon);

        var half = Export(graph, tensors, size, float16: true);
        var full = Export(graph, tensors, size, float16: false);

        var rounded = Float16Weights.Round(foldedTensors);
        var expected = new NaiveNetwork(folded, rounded, Epsilon).Run(image)["logits"].Values;
        AssertClose(expected, Run(half, size, image)["logits"].Values);
        Assert.NotEqual(foldedTensors["conv/kernel"].Values, rounded["conv/kernel"].Values);
        Assert.InRange(new FileInfo(half).Length, 0, 0.6 * new FileInfo(full).Length);
    }

    [Fact]
    public void Write_of_the_same_network_gives_the_same_bytes()
    {
        var tensors = RandomWeights.For(SmallNetworks.EveryLayer, seed: 6);

        var first = File.ReadAllBytes(Export(SmallNetworks.EveryLayer, tensors, 32, float16: true));
        var second = File.ReadAllBytes(Export(SmallNetworks.EveryLayer, tensors, 32, float16: true));

        Assert.Equal(first, second);
    }

    [Fact]
    public void Write_of_each_backbone_with_the_published_head_can_be_run()
    {
        foreach (var backbone in Backbone.All)
        {
            // Smaller than the trained size, to be quick: the layers are the same.
            const int size = 96;
            var graph = backbone.Graph.Then(HeadOptions.Published.Graph(backbone.FeatureCount, PublishedLabels.Set.Count));
            var (folded, tensors) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 7), Epsilon);
            var path = _folder.File(backbone.Name + ".onnx");
            OnnxExporter.Write(path, new OnnxModel(
                folded, tensors, size, backbone.FeatureMap, backbone.Graph.Output, OnnxModel.UsualNames, Float16: true)
            {
                Labels = PublishedLabels.Set,
            });

            var outputs = Run(path, size, Volume.Image(RandomWeights.Image(size, seed: 8)));

            Assert.Equal([1, 7], outputs["logits"].Shape);
            Assert.Equal([1, backbone.FeatureCount], outputs["features"].Shape);
            Assert.Equal([1, backbone.FeatureCount, 3, 3], outputs["activations"].Shape);
            Assert.Equal([1, 3, 3], outputs["evidence"].Shape);
            Assert.Equal([1, 7, 3, 3], outputs["label_evidence"].Shape);
            Assert.All(outputs["logits"].Values, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Write_refuses_batch_norm_that_is_not_folded()
    {
        var graph = SmallNetworks.EveryLayer;
        var model = Model(graph, RandomWeights.For(graph, seed: 9), 32, float16: false);

        var error = Assert.Throws<ArgumentException>(() => OnnxExporter.Write(Stream.Null, model));
        Assert.Contains("fold it", error.Message);
    }

    [Fact]
    public void Write_refuses_an_input_smaller_than_the_network_and_leaves_no_file()
    {
        var path = _folder.File("small.onnx");
        var graph = SmallNetworks.EveryLayer;
        var (folded, tensors) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 10), Epsilon);

        var error = Assert.Throws<GyrusException>(() => OnnxExporter.Write(path, Model(folded, tensors, 4, false)));

        Assert.Contains("Use a larger input size", error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Write_with_float16_storage_refuses_a_weight_beyond_its_range()
    {
        var graph = WideNetwork;
        var tensors = RandomWeights.For(graph, seed: 11);
        tensors["conv/kernel"].Values[5] = 1e7f;

        var error = Assert.Throws<GyrusException>(() => Export(graph, tensors, 24, float16: true));
        Assert.Contains("conv/kernel", error.Message);
    }

    [Fact]
    public void Write_refuses_a_layer_that_has_an_outputs_name()
    {
        var graph = new LayerGraph(
        [
            new Input("input"),
            new Relu("features", "input"),
            new GlobalAveragePooling("pool", "features"),
            new Dense("logits", "pool", 3, 7),
        ]);
        var model = new OnnxModel(
            graph, RandomWeights.For(graph, seed: 12), 8, "input", "pool", OnnxModel.UsualNames, Float16: false)
        {
            Labels = PublishedLabels.Set,
        };

        Assert.Throws<ArgumentException>(() => OnnxExporter.Write(Stream.Null, model));
    }

    public void Dispose() => _folder.Dispose();

    private static LayerGraph WideNetwork { get; } = new(
    [
        new Input("input"),
        new Convolution("conv", "input", 3, 64, Kernel: 3, Stride: 2, Padding.Same, HasBias: false),
        new BatchNormalisation("conv_bn", "conv", 64),
        new Relu("conv_relu", "conv_bn"),
        new SeparableConvolution("sep", "conv_relu", 64, 128, HasBias: false),
        new Relu(SmallNetworks.Map, "sep"),
        new GlobalAveragePooling(SmallNetworks.Features, SmallNetworks.Map),
        new Dense("logits", SmallNetworks.Features, 128, 7),
    ]);

    private string Export(LayerGraph graph, TensorTable tensors, int size, bool float16)
    {
        var path = _folder.File(Path.GetRandomFileName() + ".onnx");
        var (folded, foldedTensors) = BatchNormFolding.Fold(graph, tensors, Epsilon);
        OnnxExporter.Write(path, Model(folded, foldedTensors, size, float16));
        return path;
    }

    private static OnnxModel Model(LayerGraph graph, TensorTable tensors, int size, bool float16) => new(
        graph, tensors, size, SmallNetworks.Map, SmallNetworks.Features, OnnxModel.UsualNames, float16)
    {
        Labels = PublishedLabels.Set,
    };

    private sealed record Result(long[] Shape, float[] Values);

    private static Dictionary<string, Result> Run(string path, int size, params Volume[] images)
    {
        using var session = OnnxSession.Open(path);
        var batch = images.SelectMany(image => image.Values).Select(value => (float)value).ToArray();
        using var input = OrtValue.CreateTensorValueFromMemory(batch, [images.Length, 3, size, size]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], session.OutputNames);
        return session.OutputNames.Zip(outputs).ToDictionary(pair => pair.First, pair => new Result(
            pair.Second.GetTensorTypeAndShape().Shape, pair.Second.GetTensorDataAsSpan<float>().ToArray()));
    }

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
    }
}
