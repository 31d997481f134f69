using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>A 3x3 depthwise convolution and a pointwise one behind it, stride 1, <c>same</c>.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels in.</param>
/// <param name="Filters">Channels out.</param>
/// <param name="HasBias">Whether a bias is added; Keras's Xception has none, a folded batch norm leaves one.</param>
public sealed record SeparableConvolution(string Name, string From, int Channels, int Filters, bool HasBias)
    : UnaryLayer(Name, From)
{
    /// <summary>Width and height of the depthwise window.</summary>
    public const int Kernel = 3;

    private static readonly Window Depthwise = new(Kernel, 1, Padding.Same);
    private static readonly Window Pointwise = new(1, 1, Padding.Valid);

    /// <inheritdoc/>
    public override string KerasClass => "SeparableConv2D";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new()
    {
        ["filters"] = Filters,
        ["kernel_size"] = new JsonArray(Kernel, Kernel),
        ["strides"] = new JsonArray(1, 1),
        ["padding"] = Depthwise.KerasPadding,
        ["data_format"] = "channels_last",
        ["dilation_rate"] = new JsonArray(1, 1),
        ["depth_multiplier"] = 1,
        ["activation"] = "linear",
        ["use_bias"] = HasBias,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new(VariableName("depthwise_kernel"), [Kernel, Kernel, Channels, 1]),
        new(VariableName("pointwise_kernel"), [1, 1, Channels, Filters]),
        .. HasBias ? [new LayerVariable(VariableName("bias"), [Filters])] : Array.Empty<LayerVariable>(),
    ];

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0] with { Channels = Filters };

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass)
    {
        using var middle = nn.functional.conv2d(
            pass.Rounded(inputs[0]), pass.Rounded(pass.Weight(this, "depthwise_kernel")), padding: [1, 1],
            groups: Channels); // [N, Channels, H, W]
        return nn.functional.conv2d(
            middle, pass.Rounded(pass.Weight(this, "pointwise_kernel")),
            HasBias ? pass.Rounded(pass.Weight(this, "bias")) : null); // [N, Filters, H, W]
    }

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes)
    {
        int middle = nodes.Node(
            TfliteOperator.DepthwiseConvolution, [inputs[0], nodes.Weight(this, "depthwise_kernel"), nodes.NoBias(this, Channels)],
            nodes.Value($"{Name}/depthwise", 1, output.Height, output.Width, Channels), Depthwise.TfliteDepthwise);
        return nodes.Node(
            TfliteOperator.Convolution, [middle, nodes.Weight(this, "pointwise_kernel"), HasBias ? nodes.Weight(this, "bias") : nodes.NoBias(this, Filters)],
            nodes.Value(Name, 1, output.Height, output.Width, output.Channels), Pointwise.TfliteConvolution);
    }

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        var depthwise = nodes.Weight(this, "depthwise_kernel");
        var pointwise = nodes.Weight(this, "pointwise_kernel");
        var middle = $"{Name}/depthwise";
        var first = nodes.Add("Conv", middle, middle, EightBits.Convolution, inputs[0].Name, depthwise);
        Depthwise.Describe(first.With("group", Channels), inputs[0].Shape);
        Pointwise.Describe(
            HasBias ? nodes.Add("Conv", Name, output, EightBits.Convolution, middle, pointwise, nodes.Weight(this, "bias"))
                : nodes.Add("Conv", Name, output, EightBits.Convolution, middle, pointwise),
            inputs[0].Shape);
    }

    /// <inheritdoc/>
    public override (Layer Layer, IReadOnlyList<NamedTensor> Tensors)? Absorb(ChannelScaling scaling, TensorTable tensors) =>
        (this with { HasBias = true },
        [
            tensors[VariableName("depthwise_kernel")],
            scaling.ScaleFilters(tensors[VariableName("pointwise_kernel")]),
            scaling.Bias(VariableName("bias"), HasBias ? tensors[VariableName("bias")].Values : null),
        ]);
}
