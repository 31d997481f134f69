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

public sealed class EvidenceNodesTests : IDisposable
{
    private const int Size = 24;
    private const int Images = 3;

    private readonly TempFolder _folder = new();

    public static TheoryData<int[], double> Heads => new()
    {
        { [], 0 },
        { [], 0.5 },
        { [9], 0.2 },
        { [16, 11], 0.2 },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Evidence_is_what_automatic_differentiation_gives(int[] hidden, double dropout)
    {
        var graph = Network.Then(new HeadOptions(hidden, dropout).Graph(12, PublishedLabels.Set.Count));
        var tensors = RandomWeights.For(graph, seed: 1);
        float[] images = [.. Enumerable.Range(0, Images).SelectMany(i => RandomWeights.Image(Size, seed: 2 + i))];

        var (evidence, shape) = Run(graph, tensors, images);
        var expected = ByTorch(graph, tensors, images);

        Assert.Equal([Images, 12, 12], shape);
        Assert.True(expected.Max(Math.Abs) > 1e-3, "the maps are not empty");
        Assert.All(expected.Zip(evidence), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Evidence_of_a_linear_head_with_one_label_a_side_adds_up_to_the_log_odds()
    {
        var graph = Network.Then(new HeadOptions([], 0).Graph(12, PublishedLabels.Set.Count));
        var tensors = RandomWeights.For(graph, seed: 5);
        // Only one tumour and one healthy label count: then the log-odds are linear in the features.
        tensors["logits/bias"].Values.AsSpan().Fill(-1000);
        tensors["logits/bias"].Values[PublishedLabels.Set.IndexOf("mri_glioma")] = 0;
        tensors["logits/bias"].Values[PublishedLabels.Set.IndexOf("mri_healthy")] = 0;
        var image = RandomWeights.Image(Size, seed: 6);

        var (evidence, _) = Run(graph, tensors, image);

        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        using var scope = NewDisposeScope();
        var logits = network.call(tensor(image).reshape(1, 3, Size, Size)).data<float>().ToArray();
        Assert.Equal(
            logits[PublishedLabels.Set.IndexOf("mri_glioma")] - logits[PublishedLabels.Set.IndexOf("mri_healthy")], evidence.Sum(), 1e-4f);
    }

    [Fact]
    public void Write_without_a_name_for_evidence_leaves_it_out()
    {
        var graph = Network.Then(HeadOptions.Published.Graph(12, PublishedLabels.Set.Count));
        var names = OnnxModel.UsualNames with { Evidence = null, LabelEvidence = null };
        var path = _folder.File("old.onnx");

        OnnxExporter.Write(path, Model(graph, RandomWeights.For(graph, seed: 7)) with { Names = names });

        using var session = OnnxSession.Open(path);
        Assert.Equal(["logits", "features", "activations"], session.OutputNames);
    }

    [Fact]
    public void Write_refuses_evidence_of_a_network_whose_features_are_no_mean_over_the_map()
    {
        var graph = Network.Then(HeadOptions.Published.Graph(12, PublishedLabels.Set.Count));
        var model = Model(graph, RandomWeights.For(graph, seed: 8)) with { FeatureMapLayer = "conv" };

        var error = Assert.Throws<ArgumentException>(() => OnnxExporter.Write(Stream.Null, model));

        Assert.Contains("is not the mean over conv", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private static LayerGraph Network { get; } = new(
    [
        new Input("input"),
        new Convolution("conv", "input", 3, 12, Kernel: 3, Stride: 2, Padding.Same, HasBias: true),
        new Relu("map", "conv"), // [N, 12, 12, 12]
        new GlobalAveragePooling("mean", "map"),
    ]);

    private static OnnxModel Model(LayerGraph graph, TensorTable tensors) =>
        new(graph, tensors, Size, "map", "mean", OnnxModel.UsualNames, Float16: false) { Labels = PublishedLabels.Set };

    private (float[] Evidence, long[] Shape) Run(LayerGraph graph, TensorTable tensors, float[] images)
    {
        var path = _folder.File("model.onnx");
        OnnxExporter.Write(path, Model(graph, tensors));
        using var session = OnnxSession.Open(path);
        using var input = OrtValue.CreateTensorValueFromMemory(images, [images.Length / (3 * Size * Size), 3, Size, Size]);
        using var options = new RunOptions();
        using var outputs = session.Run(options, ["input"], [input], ["evidence"]);
        return (outputs[0].GetTensorDataAsSpan<float>().ToArray(), outputs[0].GetTensorTypeAndShape().Shape);
    }

    /// <summary>Grad-CAM as its paper has it: the gradient with respect to the map, its mean over positions as the
    /// channels' weights.</summary>
    private static float[] ByTorch(LayerGraph graph, TensorTable tensors, float[] images)
    {
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        network.eval();
        using var scope = NewDisposeScope();
        var input = tensor(images).reshape(-1, 3, Size, Size).requires_grad_(true);
        var (logits, taps) = network.Run(input, ["map"]);
        long[] Labels(bool tumour) =>
            [.. Enumerable.Range(0, 7).Where(i => PublishedLabels.Set[i].IsTumour == tumour).Select(i => (long)i)];
        var odds = logits.index_select(1, tensor(Labels(tumour: true))).logsumexp(1)
            - logits.index_select(1, tensor(Labels(tumour: false))).logsumexp(1); // [N]
        var gradient = autograd.grad([odds.sum()], [taps["map"]])[0];
        return (taps["map"] * gradient.mean([2, 3], keepdim: true)).sum(1).data<float>().ToArray();
    }
}
