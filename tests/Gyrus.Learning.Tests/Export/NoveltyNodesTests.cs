using Gyrus.Imaging.Labels;
using Gyrus.Learning.Export;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Novelty;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Tests.Training;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.ML.OnnxRuntime;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Export;

public sealed class NoveltyNodesTests : IDisposable
{
    private const int Size = 32;
    private const int Images = 5;

    private readonly TempFolder _folder = new();

    [Fact]
    public void Novelty_of_the_file_is_that_of_the_statistics()
    {
        var (backbone, folded) = BatchNormFolding.Fold(TinyData.Backbone.Graph, TinyData.Weights().Tensors, 1e-3);
        var head = new HeadOptions([], 0).Graph(8, PublishedLabels.Set.Count);
        var graph = backbone.Then(head);
        var tensors = folded.With(HeadWeights.Draw(head, 1));
        var layers = NoveltyStudy.StageEnds(backbone, Size);
        float[][] images = [.. Enumerable.Range(0, Images).Select(i => RandomWeights.Image(Size, seed: 20 + i))];
        var features = Features(graph, tensors, layers, images);
        var statistics = NoveltyFit.Of(
            layers, Features(graph, tensors, layers, [.. Enumerable.Range(0, 40).Select(i => RandomWeights.Image(Size, 100 + i))]));

        var found = Run(new OnnxModel(
            graph, tensors, Size, "act2", "avg_pool", OnnxModel.UsualNames with { Novelty = "novelty" }, Float16: false, statistics)
        {
            Labels = PublishedLabels.Set,
        },
            images);

        Assert.Equal(["act1"], layers);
        for (int i = 0; i < Images; i++)
        {
            double expected = statistics.Novelty(features[i]);
            Assert.Equal(expected, found[i], 1e-3 * Math.Max(expected, 1));
        }
    }

    public void Dispose() => _folder.Dispose();

    private float[] Run(OnnxModel model, float[][] images)
    {
        OnnxExporter.Write(_folder.File("model.onnx"), model);
        using var session = OnnxSession.Open(_folder.File("model.onnx"));
        using var input = OrtValue.CreateTensorValueFromMemory(images.SelectMany(image => image).ToArray(), [Images, 3, Size, Size]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], ["novelty"]);
        Assert.Equal([Images], outputs[0].GetTensorTypeAndShape().Shape);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static List<float[]> Features(
        LayerGraph graph, TensorTable tensors, IReadOnlyList<string> layers, float[][] images)
    {
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        network.eval();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var input = tensor(images.SelectMany(image => image).ToArray(), [images.Length, 3, Size, Size]);
        var (_, taps) = network.Run(input, [.. layers]);
        var means = cat([.. layers.Select(layer => taps[layer].mean([2, 3]))], 1);
        return [.. means.data<float>().ToArray().Chunk((int)means.shape[1])];
    }
}
