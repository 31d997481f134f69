using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>The mean of windows that lie side by side; what is left over at the right and the bottom is left out.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Size">Width and height of a window, and the step to the next.</param>
public sealed record AveragePooling(string Name, string From, int Size) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "AveragePooling2D";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new()
    {
        ["pool_size"] = new JsonArray(Size, Size),
        ["strides"] = new JsonArray(Size, Size),
        ["padding"] = Window.KerasPadding,
        ["data_format"] = "channels_last",
    };

    private Window Window => new(Size, Size, Padding.Valid);

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => Window.Shape(inputs[0]);

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => nn.functional.avg_pool2d(inputs[0], Size, Size);

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) =>
        nodes.Node(TfliteOperator.AveragePooling, [inputs[0]], nodes.Value(Name, 1, output.Height, output.Width, output.Channels), Window.TflitePooling);

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) => Window.Describe(
        nodes.Add("AveragePool", Name, output, EightBits.SameRange, inputs[0].Name), inputs[0].Shape);
}
