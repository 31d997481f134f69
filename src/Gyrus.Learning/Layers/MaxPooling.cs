using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>The largest value of a 3x3 window, stride 2.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Padding">Treatment of the border.</param>
public sealed record MaxPooling(string Name, string From, Padding Padding) : UnaryLayer(Name, From)
{
    /// <summary>Width and height of the window.</summary>
    public const int Size = 3;

    /// <summary>Step of the window.</summary>
    public const int Stride = 2;

    /// <inheritdoc/>
    public override string KerasClass => "MaxPooling2D";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new()
    {
        ["pool_size"] = new JsonArray(Size, Size),
        ["strides"] = new JsonArray(Stride, Stride),
        ["padding"] = Window.KerasPadding,
        ["data_format"] = "channels_last",
    };

    private Window Window => new(Size, Stride, Padding);

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => Window.Shape(inputs[0]);

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass)
    {
        // A border of a maximum must never win: minus infinity, not zero.
        var (padded, padding) = Window.Pad(inputs[0], double.NegativeInfinity);
        return nn.functional.max_pool2d(padded, [Size, Size], [Stride, Stride], [padding, padding]);
    }

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) =>
        nodes.Node(TfliteOperator.MaxPooling, [inputs[0]], nodes.Value(Name, 1, output.Height, output.Width, output.Channels), Window.TflitePooling);

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) => Window.Describe(
        nodes.Add("MaxPool", Name, output, EightBits.SameRange, inputs[0].Name), inputs[0].Shape);
}
