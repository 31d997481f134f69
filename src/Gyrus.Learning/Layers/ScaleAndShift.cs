using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>What is left of a batch normalisation that no layer before it could take into its weights: x * factor + offset.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels.</param>
public sealed record ScaleAndShift(string Name, string From, int Channels) : UnaryLayer(Name, From)
{
    /// <summary>That of the layer that it was.</summary>
    public override string KerasClass => "BatchNormalization";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => throw new ArgumentException($"{Name}: no layer of Keras is only a scale and a shift of channels.");

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
        [new(VariableName("factor"), [Channels, 1, 1]), new(VariableName("offset"), [Channels, 1, 1])];

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) =>
        (inputs[0].to(ScalarType.Float32) * pass.Weight(this, "factor")) + pass.Weight(this, "offset");

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        var scaled = $"{Name}/scaled";
        nodes.Add("Mul", scaled, scaled, EightBits.Float32, inputs[0].Name, nodes.Weight(this, "factor"));
        nodes.Add("Add", Name, output, EightBits.Float32, scaled, nodes.Weight(this, "offset"));
    }

    /// <summary>The layer in a batch normalisation's place, and its weights.</summary>
    /// <param name="norm">The batch normalisation.</param>
    /// <param name="scaling">What it does.</param>
    public static (Layer Layer, IReadOnlyList<NamedTensor> Tensors) Of(BatchNormalisation norm, ChannelScaling scaling)
    {
        var layer = new ScaleAndShift(norm.Name, norm.From, norm.Channels);
        return (layer,
        [
            new(layer.VariableName("factor"), [norm.Channels, 1, 1], Array.ConvertAll(scaling.Scale, scale => (float)scale)),
            new(layer.VariableName("offset"), [norm.Channels, 1, 1], scaling.Shifted(before: null)),
        ]);
    }
}
