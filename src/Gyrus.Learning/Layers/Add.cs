using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>The sum of two layers.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Left">One layer.</param>
/// <param name="Right">The other.</param>
public sealed record Add(string Name, string Left, string Right) : Layer(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [Left, Right];

    /// <inheritdoc/>
    public override string KerasClass => "Add";

    /// <inheritdoc/>
    public override Layer Rewire(Func<string, string> map) => this with { Left = map(Left), Right = map(Right) };

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0] == inputs[1] ? inputs[0]
        : throw new ArgumentException($"{Name}: {Left} gives {inputs[0]} and {Right} {inputs[1]}, which have no sum.");

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => inputs[0] + inputs[1];

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Node(
        TfliteOperator.Add, [inputs[0], inputs[1]], nodes.Value(Name, 1, output.Height, output.Width, output.Channels), new(11, 1, builder => builder.AddSbyte(0, 0, 0)));

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Add", Name, output, EightBits.OwnRange, inputs[0].Name, inputs[1].Name);
}
