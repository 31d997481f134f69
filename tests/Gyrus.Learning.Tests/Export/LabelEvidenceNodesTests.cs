using Gyrus.Imaging.Labels;
using Gyrus.Learning.Export;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.ML.OnnxRuntime;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Export;

public sealed class LabelEvidenceNodesTests : IDisposable
{
    private const int Size = 24;
    private const int Images = 3;
    private const int Cells = 12 * 12;

    private readonly TempFolder _folder = new();

    public static TheoryData<int[], int> Heads => new()
    {
        { [], 2 },
        { [], 7 },
        { [9], 7 },
        { [16, 11], 7 },
        { [9], 200 },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Label_evidence_is_what_automatic_differentiation_gives_of_each_logit(int[] hidden, int labels)
    {
        var graph = Network.Then(new HeadOptions(hidden, 0.2).Graph(12, labels));
        var tensors = RandomWeights.For(graph, seed: 1);
        var images = Noise(seed: 2);

        var (evidence, shape) = Run(Model(graph, tensors, labels), images, "label_evidence");

        Assert.Equal([Images, labels, 12, 12], shape);
        foreach (int label in (int[])[0, labels / 2, labels - 1])
        {
            var expected = ByTorch(graph, tensors, images, logits => logits.index_select(1, tensor(label)));
            var actual = Enumerable.Range(0, Images).SelectMany(n => evidence.Skip(((n * labels) + label) * Cells).Take(Cells));
            Assert.True(expected.Max(Math.Abs) > 1e-3, "the maps are not empty");
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Label_evidence_gives_the_log_odds_of_a_label_against_all_others(int label)
    {
        const int labels = 7;
        var graph = Network.Then(new HeadOptions([16], 0).Graph(12, labels));
        var tensors = RandomWeights.For(graph, seed: 3);
        var images = Noise(seed: 4);
        long[] others = [.. Enumerable.Range(0, labels).Where(i => i != label).Select(i => (long)i)];

        var (evidence, _) = Run(Model(graph, tensors, labels), images, "label_evidence");
        var (answers, _) = Run(Model(graph, tensors, labels), images, "logits");

        var expected = ByTorch(graph, tensors, images, logits =>
            logits.index_select(1, tensor((long)label)).squeeze(1) - logits.index_select(1, tensor(others)).logsumexp(1));
        for (int n = 0; n < Images; n++)
        {
            // The derivative by the logits: 1 for the label, minus the softmax among the others.
            double sum = others.Sum(other => Math.Exp(answers[(n * labels) + other]));
            for (int cell = 0; cell < Cells; cell++)
            {
                double Added(long l) => evidence[(((n * labels) + l) * Cells) + cell];
                double actual = Added(label) - others.Sum(other => Math.Exp(answers[(n * labels) + other]) / sum * Added(other));
                Assert.Equal(expected[(n * Cells) + cell], actual, 1e-4);
            }
        }
    }

    [Fact]
    public void Label_evidence_of_a_head_without_hidden_layers_adds_up_to_the_logit_without_its_bias()
    {
        const int labels = 5;
        var graph = Network.Then(new HeadOptions([], 0).Graph(12, labels));
        var tensors = RandomWeights.For(graph, seed: 5);
        var images = Noise(seed: 6);

        var (evidence, _) = Run(Model(graph, tensors, labels), images, "label_evidence");
        var (logits, _) = Run(Model(graph, tensors, labels), images, "logits");

        for (int i = 0; i < logits.Length; i++)
        {
            Assert.Equal(
                logits[i] - tensors["logits/bias"].Values[i % labels], evidence.AsSpan(i * Cells, Cells).ToArray().Sum(), 1e-4f);
        }
    }

    [Fact]
    public void Everything_else_in_the_file_is_as_without_it_and_gives_the_same_numbers()
    {
        var graph = Network.Then(HeadOptions.Published.Graph(12, PublishedLabels.Set.Count));
        var with = Model(graph, RandomWeights.For(graph, seed: 7), PublishedLabels.Set.Count);
        var without = with with { Names = with.Names with { LabelEvidence = null } };
        var images = Noise(seed: 8);

        var (fresh, old) = (OnnxExporter.Proto(with).Graph, OnnxExporter.Proto(without).Graph);

        Assert.Equal(old.Node, fresh.Node.Where(node => !node.Name.StartsWith("label_evidence", StringComparison.Ordinal)));
        Assert.Equal(old.Initializer, fresh.Initializer.Where(one => !one.Name.StartsWith("label_evidence", StringComparison.Ordinal)));
        foreach (var output in (string[])["logits", "evidence"])
            Assert.Equal(Run(without, images, output).Values, Run(with, images, output).Values);
    }

    [Fact]
    public void Write_refuses_label_evidence_of_a_head_with_other_layers()
    {
        var graph = new LayerGraph(
        [
            .. Network.Layers,
            new Dense("one", "mean", 12, 3),
            new Dense("two", "mean", 12, 3),
            new Add("logits", "one", "two"),
        ]);
        var model = Model(graph, RandomWeights.For(graph, seed: 9), 3);

        var error = Assert.Throws<ArgumentException>(() => OnnxExporter.Write(Stream.Null, model));

        Assert.Contains("no evidence map goes through Add", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static LayerGraph Network { get; } = new(
    [
        new Input("input"),
        new Convolution("conv", "input", 3, 12, Kernel: 3, Stride: 2, Padding.Same, HasBias: true),
        new Relu("map", "conv"), // [N, 12, 12, 12]
        new GlobalAveragePooling("mean", "map"),
    ]);

    private static float[] Noise(int seed) => [.. Enumerable.Range(0, Images).SelectMany(i => RandomWeights.Image(Size, seed + i))];

    private static OnnxModel Model(LayerGraph graph, TensorTable tensors, int labels)
    {
        var model = new OnnxModel(graph, tensors, Size, "map", "mean", OnnxModel.UsualNames, Float16: false)
        {
            Labels = PublishedLabels.Set,
        };
        return labels == PublishedLabels.Set.Count ? model : model with
        {
            Labels = new LabelSet(Enumerable.Range(0, labels).Select(i => new ScanLabel($"label {i}"))),
            Names = OnnxModel.UsualNames with { Evidence = null },
        };
    }

    private (float[] Values, long[] Shape) Run(OnnxModel model, float[] images, string output)
    {
        var path = _folder.File("model.onnx");
        OnnxExporter.Write(path, model);
        using var session = OnnxSession.Open(path);
        using var input = OrtValue.CreateTensorValueFromMemory(images, [Images, 3, Size, Size]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], [output]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[0].GetTensorTypeAndShape().Shape);
    }

    /// <summary>Grad-CAM as its paper has it, of any function of the logits: the gradient with respect to the map, its mean over
    /// positions as the channels' weights.</summary>
    private static float[] ByTorch(LayerGraph graph, TensorTable tensors, float[] images, Func<Tensor, Tensor> of)
    {
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        network.eval();
        using var scope = NewDisposeScope();
        var input = tensor(images).reshape(-1, 3, Size, Size).requires_grad_(true);
        var (logits, taps) = network.Run(input, ["map"]);
        var gradient = autograd.grad([of(logits).sum()], [taps["map"]])[0];
        return (taps["map"] * gradient.mean([2, 3], keepdim: true)).sum(1).data<float>().ToArray();
    }
}
