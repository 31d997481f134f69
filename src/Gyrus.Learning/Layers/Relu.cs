using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>max(x, 0).</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
public sealed record Relu(string Name, string From) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "Activation";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new() { ["activation"] = "relu" };

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => nn.functional.relu(inputs[0]);

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) =>
        nodes.Node(TfliteOperator.Relu, [inputs[0]], nodes.Value(Name, nodes.Tensors[inputs[0]].Shape), TfliteOptions.None);

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Relu", Name, output, EightBits.WithOperatorBefore, inputs[0].Name);
}
