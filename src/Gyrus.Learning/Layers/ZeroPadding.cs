using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>A border of zeros.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Before">Its width at the top and on the left.</param>
/// <param name="After">Its width at the bottom and on the right.</param>
public sealed record ZeroPadding(string Name, string From, int Before, int After) : UnaryLayer(Name, From)
{
    /// <summary>A border that is the same on all sides.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="from">The layer it takes.</param>
    /// <param name="pixels">Its width on each side.</param>
    public ZeroPadding(string name, string from, int pixels)
        : this(name, from, pixels, pixels)
    {
    }

    /// <inheritdoc/>
    public override string KerasClass => "ZeroPadding2D";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new()
    {
        ["padding"] = new JsonArray(new JsonArray(Before, After), new JsonArray(Before, After)),
        ["data_format"] = "channels_last",
    };

    /// <inheritdoc/>
    public override bool GivesFeatures => false;

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) =>
        inputs[0] with { Height = inputs[0].Height + Before + After, Width = inputs[0].Width + Before + After };

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) =>
        nn.functional.pad(inputs[0], [Before, After, Before, After]);

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Node(
        TfliteOperator.Pad, [inputs[0], nodes.Constant($"{Name}/paddings", [4, 2], 0, 0, Before, After, Before, After, 0, 0)],
        nodes.Value(Name, 1, output.Height, output.Width, output.Channels), TfliteOptions.None);

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Pad", Name, output, EightBits.Float32,
            inputs[0].Name, nodes.Constant($"{Name}/pads", 0, 0, Before, Before, 0, 0, After, After));
}
