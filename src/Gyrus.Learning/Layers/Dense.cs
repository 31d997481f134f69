using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>A fully connected layer: [N, in] to [N, out].</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Values in.</param>
/// <param name="Units">Values out.</param>
public sealed record Dense(string Name, string From, int Channels, int Units) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "Dense";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new() { ["units"] = Units, ["activation"] = "linear", ["use_bias"] = true };

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
        [new(VariableName("kernel"), [Channels, Units]), new(VariableName("bias"), [Units])];

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => new(Units, 1, 1);

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) =>
        nn.functional.linear(inputs[0], pass.Weight(this, "kernel"), pass.Weight(this, "bias")); // [N, Units]

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Node(
        TfliteOperator.FullyConnected, [inputs[0], nodes.Weight(this, "kernel"), nodes.Weight(this, "bias")], nodes.Value(Name, 1, Units), new(8, 2, builder => builder.AddSbyte(0, 0, 0)));

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) => nodes.Add(
        "Gemm", Name, output, EightBits.Float32, inputs[0].Name, nodes.Weight(this, "kernel"), nodes.Weight(this, "bias"));
}
