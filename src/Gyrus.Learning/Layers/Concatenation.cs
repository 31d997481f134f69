using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>The channels of two layers, one's behind the other's.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="First">The layer whose channels come first.</param>
/// <param name="Second">The other.</param>
public sealed record Concatenation(string Name, string First, string Second) : Layer(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [First, Second];

    /// <inheritdoc/>
    public override string KerasClass => "Concatenate";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new() { ["axis"] = -1 };

    /// <inheritdoc/>
    public override Layer Rewire(Func<string, string> map) => this with { First = map(First), Second = map(Second) };

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) =>
        inputs[0] == inputs[1] with { Channels = inputs[0].Channels } ? inputs[0] with { Channels = inputs[0].Channels + inputs[1].Channels }
            : throw new ArgumentException($"{Name}: {First} gives {inputs[0]} and {Second} {inputs[1]}, which are not of one height and width.");

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => cat([inputs[0], inputs[1]], 1); // [N, C1 + C2, H, W]

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Node(
        TfliteOperator.Concatenation, [inputs[0], inputs[1]], nodes.Value(Name, 1, output.Height, output.Width, output.Channels), new(10, 2, builder => builder.AddInt(0, ChannelAxis, 0)));

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Concat", Name, output, EightBits.OwnRange, inputs[0].Name, inputs[1].Name).With("axis", 1);

    // Of [N, H, W, C].
    private const int ChannelAxis = 3;
}
