using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Novelty;
using Gyrus.Learning.Tensors;
using Gyrus.Models;

namespace Gyrus.Learning.Export;

/// <summary>A network to be written as ONNX.</summary>
/// <param name="Network">Backbone and head, batch norm folded (<see cref="BatchNormFolding"/>); the last layer gives
/// the logits.</param>
/// <param name="Tensors">Its weights.</param>
/// <param name="InputSize">Width and height of the input in pixels.</param>
/// <param name="FeatureMapLayer">The layer that gives <see cref="ModelOutputs.Activations"/>, [N, F, H, W].</param>
/// <param name="FeatureLayer">The layer that gives <see cref="ModelOutputs.Features"/>, [N, F].</param>
/// <param name="Names">Names of the graph's input and outputs; with <see cref="ModelOutputs.Evidence"/> or
/// <see cref="ModelOutputs.LabelEvidence"/>, the network has to be one that <see cref="EvidenceNodes"/> knows.</param>
/// <param name="Float16">Whether kernels of convolutions are stored as float16 (<see cref="Float16Weights"/>).</param>
/// <param name="Novelty">What known images are like, for <see cref="ModelOutputs.Novelty"/>; null for no such
/// output.</param>
public sealed record OnnxModel(
    LayerGraph Network,
    TensorTable Tensors,
    int InputSize,
    string FeatureMapLayer,
    string FeatureLayer,
    ModelOutputs Names,
    bool Float16,
    NoveltyStatistics? Novelty = null)
{
    /// <summary>The labels of the logits.</summary>
    public required LabelSet Labels { get; init; }

    /// <summary>How a scan becomes its input, which is noted in the file; null to note nothing.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>The names that packages of Gyrus use: <c>input</c>, <c>logits</c>, <c>features</c>,
    /// <c>activations</c>, <c>evidence</c>, <c>label_evidence</c>.</summary>
    public static ModelOutputs UsualNames { get; } =
        new("input", "logits", "features", "activations", "evidence", LabelEvidence: "label_evidence");
}
