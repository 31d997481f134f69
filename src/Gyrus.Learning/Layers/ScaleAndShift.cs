using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>A scale and a shift of each channel, x * factor + offset: what is left of a batch normalisation that no layer before it could take into its weights, and how a network of others scales
/// its pixels.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels.</param>
public sealed record ScaleAndShift(string Name, string From, int Channels) : UnaryLayer(Name, From)
{
    /// <summary>That of the layer that it was.</summary>
    public override string KerasClass => "BatchNormalization";

    // A variance of 1 - 2^-16, which float32 has exactly, and this are 1, whose root is exact.
    private const double KerasEpsilon = 1.0 / (1 << 16);

    /// <summary>Those of a batch normalisation whose mean is 0 and whose root is exactly 1: no layer of Keras is only a scale and a shift of
    /// channels.</summary>
    public override JsonObject KerasArguments() => new()
    {
        ["axis"] = -1,
        ["momentum"] = 0.99,
        ["epsilon"] = KerasEpsilon,
        ["center"] = true,
        ["scale"] = true,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<NamedTensor> KerasTensors(TensorTable tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var variance = new float[Channels];
        Array.Fill(variance, (float)(1 - KerasEpsilon));
        return
        [
            new(VariableName("gamma"), [Channels], tensors[VariableName("factor")].Values),
            new(VariableName("beta"), [Channels], tensors[VariableName("offset")].Values),
            new(VariableName("moving_mean"), [Channels], new float[Channels]),
            new(VariableName("moving_variance"), [Channels], variance),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
        [new(VariableName("factor"), [Channels, 1, 1]), new(VariableName("offset"), [Channels, 1, 1])];

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) =>
        (inputs[0].to(ScalarType.Float32) * pass.Weight(this, "factor")) + pass.Weight(this, "offset");

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes)
    {
        TfliteOptions multiply = new(21, 1, builder => builder.AddSbyte(0, 0, 0)), add = new(11, 1, builder => builder.AddSbyte(0, 0, 0));
        int[] shape = [1, output.Height, output.Width, output.Channels];
        int scaled = nodes.Node(TfliteOperator.Multiply, [inputs[0], nodes.ChannelWeight(this, "factor")], nodes.Value($"{Name}/scaled", shape), multiply);
        return nodes.Node(TfliteOperator.Add, [scaled, nodes.ChannelWeight(this, "offset")], nodes.Value(Name, shape), add);
    }

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        var scaled = $"{Name}/scaled";
        nodes.Add("Mul", scaled, scaled, EightBits.Float32, inputs[0].Name, nodes.Weight(this, "factor"));
        nodes.Add("Add", Name, output, EightBits.Float32, scaled, nodes.Weight(this, "offset"));
    }

    /// <summary>The layer in another's place, and its weights.</summary>
    /// <param name="other">A batch normalisation, or another layer that is a scale and a shift.</param>
    /// <param name="scaling">What it does.</param>
    public static (Layer Layer, IReadOnlyList<NamedTensor> Tensors) Of(UnaryLayer other, ChannelScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(scaling);
        int channels = scaling.Scale.Length;
        var layer = new ScaleAndShift(other.Name, other.From, channels);
        return (layer,
        [
            new(layer.VariableName("factor"), [channels, 1, 1], Array.ConvertAll(scaling.Scale, scale => (float)scale)),
            new(layer.VariableName("offset"), [channels, 1, 1], scaling.Shifted(before: null)),
        ]);
    }
}
