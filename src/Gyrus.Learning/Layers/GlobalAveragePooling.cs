using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>The mean over all positions: [N, C, H, W] to [N, C].</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
public sealed record GlobalAveragePooling(string Name, string From) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "GlobalAveragePooling2D";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new() { ["data_format"] = "channels_last", ["keepdims"] = false };

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => new(inputs[0].Channels, 1, 1);

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) =>
        inputs[0].to(ScalarType.Float32).mean([2, 3]); // [N, C]

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Node(
        TfliteOperator.Mean, [inputs[0], nodes.Constant($"{Name}/axes", [2], 1, 2)], nodes.Value(Name, 1, output.Channels), new(27, 1, builder => builder.AddBool(0, false, false)));

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        var mean = $"{Name}/mean";
        nodes.Add("GlobalAveragePool", mean, mean, EightBits.Float32, inputs[0].Name); // [N, C, 1, 1]
        nodes.Add("Flatten", Name, output, EightBits.Float32, mean); // [N, C]
    }
}
