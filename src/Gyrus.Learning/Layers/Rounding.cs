using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>Values brought to eight bits and back: <c>(clamp(round(x / scale) + zero, -128, 127) - zero) scale</c>. What a network of others that is computed in eight bits does behind a layer.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Scale">The step between two neighbouring values, above 0.</param>
/// <param name="ZeroPoint">The number that stands for 0, -128 to 127.</param>
public sealed record Rounding(string Name, string From, float Scale, sbyte ZeroPoint) : UnaryLayer(Name, From)
{
    /// <summary>No class of Keras's own.</summary>
    public override string KerasClass => "Rounding";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => throw new ArgumentException($"{Name}: no layer of Keras rounds to eight bits.");

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    // In steps from 0.
    private int Least => sbyte.MinValue - ZeroPoint;

    private int Most => sbyte.MaxValue - ZeroPoint;

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) =>
        (inputs[0].to(ScalarType.Float32) / Scale).round().clamp(Least, Most) * Scale;

    /// <summary>Writes arithmetic, not a pair of QuantizeLinear and DequantizeLinear: ONNX Runtime would take the convolutions between such pairs to eight bits with scales of its own.</summary>
    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        string Add(string type, string result, params ReadOnlySpan<string> of)
        {
            nodes.Add(type, result == output ? Name : result, result, EightBits.Float32, of);
            return result;
        }
        var scale = nodes.Number($"{Name}/scale", Scale);
        var steps = Add("Round", $"{Name}/whole", Add("Div", $"{Name}/steps", inputs[0].Name, scale));
        Add("Mul", output, Add("Clip", $"{Name}/inside", steps, nodes.Number($"{Name}/least", Least), nodes.Number($"{Name}/most", Most)), scale);
    }
}
