using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>min(max(x, 0), 6). Krizhevsky 2010, "Convolutional Deep Belief Networks on CIFAR-10".</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
public sealed record Relu6(string Name, string From) : UnaryLayer(Name, From)
{
    /// <summary>The largest value that it gives.</summary>
    public const int Ceiling = 6;

    /// <inheritdoc/>
    public override string KerasClass => "ReLU";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new() { ["max_value"] = (double)Ceiling, ["negative_slope"] = 0.0, ["threshold"] = 0.0 };

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => nn.functional.relu6(inputs[0]);

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) =>
        nodes.Node(TfliteOperator.Relu6, [inputs[0]], nodes.Value(Name, nodes.Tensors[inputs[0]].Shape), TfliteOptions.None);

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Clip", Name, output, EightBits.WithOperatorBefore, inputs[0].Name, nodes.Number($"{Name}/least", 0), nodes.Number($"{Name}/most", Ceiling));
}
