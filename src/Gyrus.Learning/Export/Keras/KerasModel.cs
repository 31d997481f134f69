using System.Text.Json.Nodes;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Export.Keras;

/// <summary>A network that is to be written for Keras.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Network">The network, dropout taken out and batch norm folded.</param>
/// <param name="Tensors">Its weights.</param>
/// <param name="Labels">The labels of its logits, in their order.</param>
/// <param name="Preprocessing">How a scan becomes its input.</param>
internal sealed record KerasModel(string Name, LayerGraph Network, TensorTable Tensors, LabelSet Labels, Preprocessing Preprocessing)
{
    /// <summary>What a program must know to use it.</summary>
    public JsonObject Notes() => ModelNotes.Of(Labels, Preprocessing);

    /// <summary>The configuration.</summary>
    public KerasTopology Topology() => new(Network, Preprocessing.Size, Name);

    /// <summary>The layers that have weights, with these, in order.</summary>
    public IEnumerable<(Layer Layer, IReadOnlyList<NamedTensor> Tensors)> Weighted() =>
        Network.Layers.Where(layer => layer.Variables.Count > 0).Select(layer => (layer, layer.KerasTensors(Tensors)));
}
