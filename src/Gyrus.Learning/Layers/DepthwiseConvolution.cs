using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>A convolution of each channel by itself.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels, in and out.</param>
/// <param name="Kernel">Width and height of the window.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="Padding">Treatment of the border.</param>
/// <param name="HasBias">Whether a bias is added.</param>
public sealed record DepthwiseConvolution(
    string Name, string From, int Channels, int Kernel, int Stride, Padding Padding, bool HasBias) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "DepthwiseConv2D";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new()
    {
        ["kernel_size"] = new JsonArray(Kernel, Kernel),
        ["strides"] = new JsonArray(Stride, Stride),
        ["padding"] = Window.KerasPadding,
        ["depth_multiplier"] = 1,
        ["data_format"] = "channels_last",
        ["dilation_rate"] = new JsonArray(1, 1),
        ["activation"] = "linear",
        ["use_bias"] = HasBias,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new(VariableName("depthwise_kernel"), [Kernel, Kernel, Channels, 1]),
        .. HasBias ? [new LayerVariable(VariableName("bias"), [Channels])] : Array.Empty<LayerVariable>(),
    ];

    private Window Window => new(Kernel, Stride, Padding);

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => Window.Shape(inputs[0]);

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass)
    {
        var (padded, padding) = Window.Pad(inputs[0], 0);
        return nn.functional.conv2d(
            pass.Rounded(padded), pass.Rounded(pass.Weight(this, "depthwise_kernel")),
            HasBias ? pass.Rounded(pass.Weight(this, "bias")) : null,
            strides: [Stride, Stride], padding: [padding, padding], groups: Channels); // [N, Channels, H', W']
    }

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Node(
        TfliteOperator.DepthwiseConvolution, [inputs[0], nodes.Weight(this, "depthwise_kernel"), HasBias ? nodes.Weight(this, "bias") : nodes.NoBias(this, Channels)],
        nodes.Value(Name, 1, output.Height, output.Width, output.Channels), Window.TfliteDepthwise);

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        string[] weights = [nodes.Weight(this, "depthwise_kernel"), .. HasBias ? [nodes.Weight(this, "bias")] : Array.Empty<string>()];
        var node = nodes.Add("Conv", Name, output, EightBits.Convolution, [inputs[0].Name, .. weights]);
        Window.Describe(node.With("group", Channels), inputs[0].Shape);
    }

    /// <inheritdoc/>
    public override (Layer Layer, IReadOnlyList<NamedTensor> Tensors)? Absorb(ChannelScaling scaling, TensorTable tensors) =>
        (this with { HasBias = true },
        [
            // One output a channel: channels are the last axis in memory, as filters are of a plain convolution.
            scaling.ScaleFilters(tensors[VariableName("depthwise_kernel")]),
            scaling.Bias(VariableName("bias"), HasBias ? tensors[VariableName("bias")].Values : null),
        ]);
}
