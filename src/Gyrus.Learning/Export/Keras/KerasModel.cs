using System.Text.Json;
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
    /// <summary>What a program must know to use it, as JSON beside the model: labels in the order of the probabilities, and how an image becomes the input.</summary>
    public JsonObject Notes()
    {
        var scaling = PixelScaling.Of(Preprocessing.Normalisation);
        return new()
        {
            ["labels"] = new JsonArray([.. Labels.Names.Select(name => (JsonNode)name)]),
            ["input"] = new JsonObject
            {
                ["size"] = Preprocessing.Size,
                ["framing"] = JsonNamingPolicy.CamelCase.ConvertName(Preprocessing.Framing.ToString()),
                ["kernel"] = JsonNamingPolicy.CamelCase.ConvertName(Preprocessing.Kernel.ToString()),
                ["channels"] = scaling.BlueFirst ? "BGR" : "RGB",
                ["scaling"] = scaling.Words,
            },
        };
    }

    /// <summary>The configuration.</summary>
    public KerasTopology Topology() => new(Network, Preprocessing.Size, Name);

    /// <summary>The layers that have weights, with these, in order.</summary>
    public IEnumerable<(Layer Layer, IReadOnlyList<NamedTensor> Tensors)> Weighted() =>
        Network.Layers.Where(layer => layer.Variables.Count > 0).Select(layer => (layer, (IReadOnlyList<NamedTensor>)[.. layer.Variables.Select(variable => Tensors[variable.Name])]));
}
