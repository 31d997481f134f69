namespace Gyrus.Learning.Layers;

/// <summary>
/// One layer of a network, described and not computed: the loader asks it for its variables, TorchSharp runs it, the
/// exporter writes it as ONNX. Shapes of variables are Keras's: kernels [height, width, in, out], dense [in, out].
/// </summary>
/// <param name="Name">Keras's name for the layer.</param>
public abstract record Layer(string Name)
{
    /// <summary>Names of the layers whose outputs it takes.</summary>
    public abstract IReadOnlyList<string> Inputs { get; }

    /// <summary>The layer's weights, in Keras's order.</summary>
    public virtual IReadOnlyList<LayerVariable> Variables => [];

    /// <summary>Keras's class name, from which Keras 3 makes the paths in its weight files.</summary>
    public abstract string KerasClass { get; }

    /// <summary>The same layer behind others, their names mapped.</summary>
    internal abstract Layer Rewire(Func<string, string> map);
}

/// <summary>A layer that takes one other.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
public abstract record UnaryLayer(string Name, string From) : Layer(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [From];

    internal override Layer Rewire(Func<string, string> map) => this with { From = map(From) };
}

/// <summary>A weight of a layer.</summary>
/// <param name="Name"><c>layer/variable</c>, such as <c>conv1_conv/kernel</c>.</param>
/// <param name="Shape">Keras's shape.</param>
public sealed record LayerVariable(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>The number of values.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);
}

/// <summary>How a window treats the border, as TensorFlow names it.</summary>
public enum Padding
{
    /// <summary>No padding.</summary>
    Valid,

    /// <summary>Output size is ceil(input / stride); what is odd goes to the right and the bottom.</summary>
    Same,
}

/// <summary>The network's input, [N, 3, size, size].</summary>
/// <param name="Name">The layer's name.</param>
public sealed record Input(string Name) : Layer(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [];

    internal override Layer Rewire(Func<string, string> map) => this;

    /// <inheritdoc/>
    public override string KerasClass => "InputLayer";
}

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
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new($"{Name}/kernel", [Kernel, Kernel, Channels, Filters]),
        .. HasBias ? [new LayerVariable($"{Name}/bias", [Filters])] : Array.Empty<LayerVariable>(),
    ];
}

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

    /// <inheritdoc/>
    public override string KerasClass => "SeparableConv2D";

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new($"{Name}/depthwise_kernel", [Kernel, Kernel, Channels, 1]),
        new($"{Name}/pointwise_kernel", [1, 1, Channels, Filters]),
        .. HasBias ? [new LayerVariable($"{Name}/bias", [Filters])] : Array.Empty<LayerVariable>(),
    ];
}

/// <summary>
/// Batch normalisation with its stored statistics: Gyrus keeps them fixed in training too, as Keras does for a
/// frozen layer. Ioffe and Szegedy 2015.
/// </summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels.</param>
public sealed record BatchNormalisation(string Name, string From, int Channels) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "BatchNormalization";

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new($"{Name}/gamma", [Channels]),
        new($"{Name}/beta", [Channels]),
        new($"{Name}/moving_mean", [Channels]),
        new($"{Name}/moving_variance", [Channels]),
    ];
}

/// <summary>max(x, 0).</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
public sealed record Relu(string Name, string From) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "Activation";
}

/// <summary>A border of zeros.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Pixels">Its width on each side.</param>
public sealed record ZeroPadding(string Name, string From, int Pixels) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "ZeroPadding2D";
}

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
}

/// <summary>The sum of two layers.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Left">One layer.</param>
/// <param name="Right">The other.</param>
public sealed record Add(string Name, string Left, string Right) : Layer(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [Left, Right];

    internal override Layer Rewire(Func<string, string> map) =>
        this with { Left = map(Left), Right = map(Right) };

    /// <inheritdoc/>
    public override string KerasClass => "Add";
}

/// <summary>The mean over all positions: [N, C, H, W] to [N, C].</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
public sealed record GlobalAveragePooling(string Name, string From) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "GlobalAveragePooling2D";
}

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
    public override IReadOnlyList<LayerVariable> Variables =>
        [new($"{Name}/kernel", [Channels, Units]), new($"{Name}/bias", [Units])];
}

/// <summary>Sets a share of values to zero in training; nothing otherwise. Srivastava et al. 2014.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Rate">The share, 0 to 1.</param>
public sealed record Dropout(string Name, string From, double Rate) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "Dropout";
}
