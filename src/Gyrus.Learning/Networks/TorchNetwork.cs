using Gyrus.Learning.Layers;
using Gyrus.Learning.Native;
using Gyrus.Learning.Weights;
using TorchSharp;
using static TorchSharp.torch;
using Padding = Gyrus.Learning.Layers.Padding;
using Parameter = TorchSharp.Modules.Parameter;

namespace Gyrus.Learning.Networks;

/// <summary>A <see cref="LayerGraph"/> that TorchSharp computes: forward, and backward through what is trainable.</summary>
public sealed class TorchNetwork : nn.Module<Tensor, Tensor>
{
    private readonly LayerGraph _graph;
    private readonly double _batchNormEpsilon;

    private readonly bool _bfloat16;

    // Of its own, so that networks that train side by side do not draw each other's numbers.
    private readonly Generator _generator = new(0);
    private readonly Dictionary<string, Tensor> _variables = [];
    private readonly Dictionary<string, int> _lastUse = [];

    // The base class's constructor is the first to need the native library.
    static TorchNetwork()
    {
        TorchLibrary.EnsureLoadable();
        Nnpack.SwitchOff();
    }

    /// <summary>Makes the network with given weights, none of them trainable until asked.</summary>
    /// <param name="graph">The layers.</param>
    /// <param name="tensors">Their weights.</param>
    /// <param name="batchNormEpsilon">The number under batch norm's root; unused where the graph has none.</param>
    /// <param name="compute">Where it is computed; on the processor, in float32, where null.</param>
    /// <exception cref="GyrusException">There is no such device here.</exception>
    public TorchNetwork(LayerGraph graph, TensorTable tensors, double batchNormEpsilon, ComputeOptions? compute = null)
        : base("network")
    {
        _graph = graph;
        _batchNormEpsilon = batchNormEpsilon;
        _bfloat16 = compute?.BFloat16 == true;
        Device = (compute ?? new ComputeOptions()).Open();
        foreach (var variable in graph.Variables)
        {
            var parameter = new Parameter(
                TorchLayout.ToTorch(tensors[variable.Name]).to(Device), requires_grad: false);
            _variables.Add(variable.Name, parameter);
            register_parameter(variable.Name.Replace('.', '_'), parameter);
        }
        for (int i = 0; i < graph.Layers.Count; i++)
        {
            foreach (var input in graph.Layers[i].Inputs) _lastUse[input] = i;
        }
    }

    /// <summary>Where the weights are; inputs are brought there.</summary>
    public Device Device { get; }

    /// <summary>The layers that it computes.</summary>
    public LayerGraph Graph => _graph;

    /// <summary>A weight, in PyTorch's layout.</summary>
    public Tensor Variable(string name) => _variables[name];

    /// <summary>Decides what dropout draws next.</summary>
    public void Seed(long seed) => _generator.manual_seed(seed);

    /// <summary>Makes the gradient flow to some weights.</summary>
    /// <param name="names">Their names.</param>
    public void MakeTrainable(IEnumerable<string> names)
    {
        foreach (var name in names) _variables[name].requires_grad_(true);
    }

    /// <summary>Computes the last layer.</summary>
    /// <param name="input">[N, 3, H, W] for a backbone, [N, features] for a head.</param>
    public override Tensor forward(Tensor input) => Run(input, []).Output;

    /// <summary>Computes the last layer and keeps others on the way.</summary>
    /// <param name="input">As in <see cref="forward"/>.</param>
    /// <param name="taps">Names of the layers whose outputs are wanted.</param>
    /// <returns>The last layer's output and the named layers', all for the caller to dispose.</returns>
    public (Tensor Output, IReadOnlyDictionary<string, Tensor> Taps) Run(Tensor input, IReadOnlyCollection<string> taps)
    {
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, Tensor>();
        for (int i = 0; i < _graph.Layers.Count; i++)
        {
            var layer = _graph.Layers[i];
            values[layer.Name] = layer is Input ? input.to(Device).alias() : Compute(layer, values);
            foreach (var used in layer.Inputs.Where(name => _lastUse[name] == i && !taps.Contains(name)))
            {
                // Memory, not correctness: the gradient keeps its own references to what it needs.
                if (values.Remove(used, out var last)) last.Dispose();
            }
        }
        var output = values[_graph.Output].MoveToOuterDisposeScope();
        return (output, taps.ToDictionary(name => name, name => values[name].MoveToOuterDisposeScope()));
    }

    private Tensor Compute(Layer layer, Dictionary<string, Tensor> values)
    {
        var x = values[layer.Inputs[0]];
        switch (layer)
        {
            case Convolution c:
                {
                    if (c.Kernel == 1) (x, c) = (EveryNth(x, c.Stride), c with { Stride = 1 });
                    var (input, padding) = c.Padding == Padding.Same ? PadSame(x, c.Kernel, c.Stride, 0) : (x, 0);
                    return nn.functional.conv2d(
                        Rounded(input), Weight($"{c.Name}/kernel"), c.HasBias ? Weight($"{c.Name}/bias") : null,
                        strides: [c.Stride, c.Stride], padding: [padding, padding]);
                }
            case SeparableConvolution s:
                {
                    using var depthwise = nn.functional.conv2d(
                        Rounded(x), Weight($"{s.Name}/depthwise_kernel"), padding: [1, 1], groups: s.Channels);
                    return nn.functional.conv2d(
                        depthwise, Weight($"{s.Name}/pointwise_kernel"), s.HasBias ? Weight($"{s.Name}/bias") : null);
                }
            case BatchNormalisation b:
                return nn.functional.batch_norm(
                    x.to(ScalarType.Float32),
                    _variables[$"{b.Name}/moving_mean"],
                    _variables[$"{b.Name}/moving_variance"],
                    _variables[$"{b.Name}/gamma"],
                    _variables[$"{b.Name}/beta"],
                    training: false,
                    eps: _batchNormEpsilon);
            case Relu:
                return nn.functional.relu(x);
            case ZeroPadding z:
                return nn.functional.pad(x, [z.Pixels, z.Pixels, z.Pixels, z.Pixels]);
            case MaxPooling p:
                {
                    // Same padding of a maximum must never win: minus infinity, not zero.
                    var (input, padding) = p.Padding == Padding.Same
                        ? PadSame(x, MaxPooling.Size, MaxPooling.Stride, double.NegativeInfinity) : (x, 0);
                    return nn.functional.max_pool2d(
                        input, [MaxPooling.Size, MaxPooling.Size], [MaxPooling.Stride, MaxPooling.Stride], [padding, padding]);
                }
            case Add a:
                return values[a.Left] + values[a.Right];
            case GlobalAveragePooling:
                return x.to(ScalarType.Float32).mean([2, 3]);
            case Dense d:
                return nn.functional.linear(x, _variables[$"{d.Name}/kernel"], _variables[$"{d.Name}/bias"]);
            case Dropout d:
                return training ? Drop(x, d.Rate) : x.alias();
            default:
                throw new InvalidOperationException($"no computation for {layer.GetType().Name}");
        }
    }

    /// <summary>A convolution's weight at the precision of the present computation.</summary>
    private Tensor Weight(string name) => Rounded(_variables[name]);

    private Tensor Rounded(Tensor x) => _bfloat16 && training ? x.to(ScalarType.BFloat16) : x;

    /// <summary>Keeps each value with probability 1 - rate, scaled so that the expected sum stays.</summary>
    private Tensor Drop(Tensor x, double rate)
    {
        // Scalars with names: TorchSharp lets the collector free a temporary one while the native library reads it.
        using var threshold = rate.ToScalar();
        using var scale = (1 / (1 - rate)).ToScalar();
        using var drawn = rand(x.shape, generator: _generator).to(x.device);
        using var kept = drawn.ge(threshold);
        return (x * kept).mul_(scale);
    }

    /// <summary>The pixels that a strided 1x1 convolution reads: it is given these and no stride, since oneDNN divides by
    /// zero for the gradient of a strided one, and the process ends, where a virtual machine hides the sizes of its
    /// processor's caches.</summary>
    private static Tensor EveryNth(Tensor x, int stride) =>
        stride == 1 ? x : x.slice(2, 0, x.shape[2], stride).slice(3, 0, x.shape[3], stride);

    /// <summary>
    /// TensorFlow's <c>same</c>: ceil(in / stride) positions, what is odd of the border right and below. An even
    /// border is left to the convolution itself, which needs no copy for it.
    /// </summary>
    private static (Tensor Input, int Padding) PadSame(Tensor x, int kernel, int stride, double value)
    {
        int rows = Border((int)x.shape[2], kernel, stride);
        int columns = Border((int)x.shape[3], kernel, stride);
        if (rows == columns && rows % 2 == 0) return (x, rows / 2);
        return (nn.functional.pad(
            x, [columns / 2, columns - (columns / 2), rows / 2, rows - (rows / 2)], PaddingModes.Constant, value), 0);
    }

    private static int Border(int size, int kernel, int stride)
    {
        int positions = (size + stride - 1) / stride;
        return Math.Max(((positions - 1) * stride) + kernel - size, 0);
    }
}
