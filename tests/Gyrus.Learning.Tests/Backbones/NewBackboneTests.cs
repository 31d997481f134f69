using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Features;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Tests.Layers;
using Gyrus.Learning.Tests.Weights;
using Gyrus.Learning.Weights;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.ML.OnnxRuntime;
using Xunit;
using static TorchSharp.torch;
using Padding = Gyrus.Learning.Layers.Padding;

namespace Gyrus.Learning.Tests.Backbones;

/// <summary>A backbone that Gyrus does not have, of layers that it does not have, goes all ways that one of Gyrus's goes.</summary>
public sealed class NewBackboneTests : IDisposable
{
    private const int Size = 40;

    private readonly TempFolder _folder = new();

    /// <summary>The beginning of DenseNet (Huang et al. 2017), a few channels wide, with layers that DenseNet has not: batch norm behind a
    /// concatenation, which no convolution can take.</summary>
    private static Backbone Dense { get; } = new(
        "dense", Size, Normalisation.Tf, FeatureCount: 10, FeatureMap: "relu", new LayerGraph(
        [
            new Input("input"),
            new ZeroPadding("pad", "input", 1),
            new Convolution("conv1_conv", "pad", 3, 4, Kernel: 3, Stride: 2, Padding.Valid, HasBias: false),
            new BatchNormalisation("conv1_bn", "conv1_conv", 4),
            new Relu("conv1_relu", "conv1_bn"),
            new BatchNormalisation("block1_0_bn", "conv1_relu", 4),
            new Relu("block1_0_relu", "block1_0_bn"),
            new Convolution("block1_1_conv", "block1_0_relu", 4, 8, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false),
            new BatchNormalisation("block1_1_bn", "block1_1_conv", 8),
            new Relu("block1_1_relu", "block1_1_bn"),
            new Convolution("block1_2_conv", "block1_1_relu", 8, 2, Kernel: 3, Stride: 1, Padding.Same, HasBias: false),
            new Concatenation("block1_concat", "conv1_relu", "block1_2_conv"),
            new Convolution("pool_conv", "block1_concat", 6, 5, Kernel: 1, Stride: 1, Padding.Valid, HasBias: false),
            new MinimumPooling("pool_pool", "pool_conv", 2),
            new Convolution("block2_conv", "pool_pool", 5, 5, Kernel: 3, Stride: 1, Padding.Same, HasBias: false),
            new Maximum("block2_max", "pool_pool", "block2_conv"),
            new Concatenation("block2_concat", "pool_pool", "block2_max"),
            new BatchNormalisation("bn", "block2_concat", 10),
            new Relu("relu", "bn"),
            new GlobalAveragePooling("avg_pool", "relu"),
        ]))
    {
        BatchNormEpsilon = 1.001e-5,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_are_found_in_a_file_of_Keras_with_the_epsilon_of_the_backbone()
    {
        var path = _folder.File("weights.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(Dense));

        var weights = KerasWeights.Load(path, Dense);

        var expected = GeneratedWeights.For(Dense) with { BatchNormEpsilon = 1.001e-5 };
        Assert.Equal(expected.Hash(), weights.Hash());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Export_agrees_with_TorchSharp(bool float16)
    {
        var model = Model(float16);
        float[][] images = Images(3);

        OnnxExporter.Write(_folder.File("model.onnx"), model);

        var tensors = float16 ? Float16Weights.Round(model.Tensors) : model.Tensors;
        using var network = new TorchNetwork(model.Network, tensors, batchNormEpsilon: 0);
        network.eval();
        using var scope = NewDisposeScope();
        var expected = network.call(tensor(images.SelectMany(image => image).ToArray()).reshape(3, 3, Size, Size));
        AssertClose(expected.data<float>().ToArray(), Logits("model.onnx", images), 1e-5);
    }

    [Fact]
    public void Folding_changes_nothing_that_TorchSharp_computes()
    {
        var weights = GeneratedWeights.For(Dense);
        var (graph, tensors) = BatchNormFolding.Fold(Dense.Graph, weights.Tensors, weights.BatchNormEpsilon);
        using var whole = new TorchNetwork(Dense.Graph, weights.Tensors, weights.BatchNormEpsilon);
        using var folded = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        using var scope = NewDisposeScope();
        var image = tensor(Images(1)[0]).reshape(1, 3, Size, Size);

        AssertClose(
            whole.call(image).data<float>().ToArray(), folded.call(image).data<float>().ToArray(), 1e-5);
        Assert.Equal(["block1_0_bn", "bn"], graph.Layers.OfType<ScaleAndShift>().Select(layer => layer.Name));
    }

    [Fact]
    public void Export_in_eight_bits_holds_the_new_layers_in_eight_bits_and_agrees_nearly()
    {
        var model = Model(float16: false);
        float[][] images = Images(12);
        OnnxExporter.Write(_folder.File("float32.onnx"), model);

        Int8Exporter.Calibrate(model, images).Write(_folder.File("int8.onnx"), 1);

        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_folder.File("int8.onnx"))).Graph;
        var rounded = graph.Node.Where(node => node.OpType == "QuantizeLinear").Select(node => node.Input[0]).ToHashSet();
        foreach (var type in (string[])["Concat", "MaxPool", "Max"])
            Assert.Contains(graph.Node.First(node => node.OpType == type).Output[0], rounded);
        AssertClose(Logits("float32.onnx", images), Logits("int8.onnx", images), 0.05);
    }

    [Fact]
    public void Gradient_goes_through_the_new_layers_to_all_weights_that_are_fitted()
    {
        var weights = GeneratedWeights.For(Dense);
        var (graph, tensors) = BatchNormFolding.Fold(Dense.Graph, weights.Tensors, weights.BatchNormEpsilon);
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        string[] names = [.. graph.Variables.Select(variable => variable.Name)];
        network.MakeTrainable(names);
        network.train();
        using var scope = NewDisposeScope();

        network.call(tensor(Images(1)[0]).reshape(1, 3, Size, Size)).sum().backward();

        Assert.All(names, name => Assert.NotEqual(0, network.Variable(name).grad!.abs().sum().item<float>()));
    }

    [Fact]
    public void Features_of_a_scan_are_computed()
    {
        var scan = ScanDecoder.Read(Path.Combine(TestFiles.Root, "samples", "synthetic-mri-lesion-axial.png"));
        using var extractor = new FeatureExtractor(Dense, GeneratedWeights.For(Dense), Dense.Preprocessing(), float16: false);

        var features = extractor.Compute(scan);

        Assert.Equal(Dense.FeatureCount, features.Length);
        Assert.Contains(features, value => value > 0);
    }

    [Fact]
    public async Task Weights_that_nobody_publishes_are_asked_for_in_words()
    {
        using var client = new HttpClient();
        var store = new WeightStore(_folder.Path);

        var error = await Assert.ThrowsAsync<GyrusException>(
            () => store.GetAsync(Dense, client, null, TestContext.Current.CancellationToken));
        Assert.Contains("No public weights of dense", error.Message);
    }

    private static OnnxModel Model(bool float16)
    {
        var weights = GeneratedWeights.For(Dense);
        var head = new HeadOptions([5], 0.2).Graph(Dense.FeatureCount, PublishedLabels.Set.Count);
        var (graph, tensors) = BatchNormFolding.Fold(
            Dense.Graph.Then(head), weights.Tensors.With(RandomWeights.For(head, seed: 1)), weights.BatchNormEpsilon);
        return new OnnxModel(
            graph, tensors, Size, Dense.FeatureMap, Dense.Graph.Output, OnnxModel.UsualNames, float16)
        {
            Labels = PublishedLabels.Set,
        };
    }

    private static float[][] Images(int count) => [.. Enumerable.Range(0, count).Select(i => RandomWeights.Image(Size, seed: i))];

    private float[] Logits(string file, float[][] images)
    {
        using var session = OnnxSession.Open(_folder.File(file));
        using var input = OrtValue.CreateTensorValueFromMemory(
            images.SelectMany(image => image).ToArray(), [images.Length, 3, Size, Size]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], ["logits"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual, double share)
    {
        Assert.Equal(expected.Length, actual.Length);
        double largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, share * largest));
    }
}
