using Gyrus.Learning.Layers;
using Gyrus.Learning.Native;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;
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
        var pass = new TorchPass(_variables, _batchNormEpsilon, training, _bfloat16, _generator, Device);
        var values = new Dictionary<string, Tensor>();
        for (int i = 0; i < _graph.Layers.Count; i++)
        {
            var layer = _graph.Layers[i];
            values[layer.Name] = layer.Torch(
                layer.Inputs.Count == 0 ? [input] : [.. layer.Inputs.Select(name => values[name])], pass);
            foreach (var used in layer.Inputs.Where(name => _lastUse[name] == i && !taps.Contains(name)))
            {
                // Memory, not correctness: the gradient keeps its own references to what it needs.
                if (values.Remove(used, out var last)) last.Dispose();
            }
        }
        var output = values[_graph.Output].MoveToOuterDisposeScope();
        return (output, taps.ToDictionary(name => name, name => values[name].MoveToOuterDisposeScope()));
    }
}
