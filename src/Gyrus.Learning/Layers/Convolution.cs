using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>A 2-D convolution.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels in.</param>
/// <param name="Filters">Channels out.</param>
/// <param name="Kernel">Width and height of the window.</param>
/// <param name="Stride">Step of the window.</param>
/// <param name="Padding">Treatment of the border.</param>
/// <param name="HasBias">Whether a bias is added.</param>
public sealed record Convolution(
    string Name, string From, int Channels, int Filters, int Kernel, int Stride, Padding Padding, bool HasBias)
    : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "Conv2D";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new()
    {
        ["filters"] = Filters,
        ["kernel_size"] = new JsonArray(Kernel, Kernel),
        ["strides"] = new JsonArray(Stride, Stride),
        ["padding"] = Window.KerasPadding,
        ["data_format"] = "channels_last",
        ["dilation_rate"] = new JsonArray(1, 1),
        ["groups"] = 1,
        ["activation"] = "linear",
        ["use_bias"] = HasBias,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new(VariableName("kernel"), [Kernel, Kernel, Channels, Filters]),
        .. HasBias ? [new LayerVariable(VariableName("bias"), [Filters])] : Array.Empty<LayerVariable>(),
    ];

    private Window Window => new(Kernel, Stride, Padding);

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) =>
        Window.Shape(inputs[0]) with { Channels = Filters };

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass)
    {
        var (x, window) = Kernel == 1 ? (EveryNth(inputs[0]), Window with { Stride = 1 }) : (inputs[0], Window);
        var (padded, padding) = window.Pad(x, 0);
        return nn.functional.conv2d(
            pass.Rounded(padded), pass.Rounded(pass.Weight(this, "kernel")),
            HasBias ? pass.Rounded(pass.Weight(this, "bias")) : null,
            strides: [window.Stride, window.Stride], padding: [padding, padding]); // [N, Filters, H', W']
    }

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Node(
        TfliteOperator.Convolution, [inputs[0], nodes.Weight(this, "kernel"), HasBias ? nodes.Weight(this, "bias") : nodes.NoBias(this, Filters)],
        nodes.Value(Name, 1, output.Height, output.Width, output.Channels), Window.TfliteConvolution);

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        string[] weights = [nodes.Weight(this, "kernel"), .. HasBias ? [nodes.Weight(this, "bias")] : Array.Empty<string>()];
        Window.Describe(
            nodes.Add("Conv", Name, output, EightBits.Convolution, [inputs[0].Name, .. weights]), inputs[0].Shape);
    }

    /// <inheritdoc/>
    public override (Layer Layer, IReadOnlyList<NamedTensor> Tensors)? Absorb(ChannelScaling scaling, TensorTable tensors) =>
        (this with { HasBias = true },
        [
            scaling.ScaleFilters(tensors[VariableName("kernel")]),
            scaling.Bias(VariableName("bias"), HasBias ? tensors[VariableName("bias")].Values : null),
        ]);

    /// <summary>The pixels that a strided 1x1 convolution reads: it is given these and no stride, since oneDNN divides by
    /// zero for the gradient of a strided one, and the process ends, where a virtual machine hides the sizes of its
    /// processor's caches.</summary>
    private Tensor EveryNth(Tensor x) =>
        Stride == 1 ? x : x.slice(2, 0, x.shape[2], Stride).slice(3, 0, x.shape[3], Stride);
}
