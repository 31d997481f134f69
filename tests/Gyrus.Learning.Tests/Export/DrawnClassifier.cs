using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Testing.Models;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Export;

/// <summary>Whole networks that nobody trained, batch norm folded, and what they make of one drawn image.</summary>
internal static class DrawnClassifier
{
    public const int Size = 64;

    /// <summary>The image, [3, Size, Size].</summary>
    public static float[] Image { get; } = RandomWeights.Image(Size, seed: 5);

    /// <summary>The same, [Size, Size, 3].</summary>
    public static float[] ChannelsLast => [.. Enumerable.Range(0, Image.Length).Select(i => Image[(i % 3 * Size * Size) + (i / 3)])];

    public static (LayerGraph Graph, TensorTable Tensors) Network(Backbone backbone, LabelSet labels, params int[] hidden)
    {
        var head = new HeadOptions(hidden, 0.1).Graph(backbone.FeatureCount, labels.Count);
        var (folded, tensors) = BatchNormFolding.Fold(backbone.Graph, RandomWeights.For(backbone.Graph, seed: 2), backbone.BatchNormEpsilon);
        return (folded.Then(head).OutsideTraining(), tensors.With(RandomWeights.For(head, seed: 3)));
    }

    public static float[] Logits(LayerGraph graph, TensorTable tensors)
    {
        using var network = new TorchNetwork(graph.OutsideTraining(), tensors, batchNormEpsilon: 0);
        using var noGradient = no_grad();
        using var input = tensor(Image, [1, 3, Size, Size]);
        using var logits = network.forward(input);
        return [.. logits.data<float>()];
    }

    public static float[] Probabilities(LayerGraph graph, TensorTable tensors)
    {
        using var logits = tensor(Logits(graph, tensors));
        using var shares = nn.functional.softmax(logits, 0);
        return [.. shares.data<float>()];
    }
}
