using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Weights;

/// <summary>A named array of numbers.</summary>
/// <param name="Name"><c>layer/variable</c>, such as <c>conv1_conv/kernel</c>.</param>
/// <param name="Shape">Keras's shape: kernels [height, width, in, out], dense [in, out].</param>
/// <param name="Values">The values in C order.</param>
public sealed record NamedTensor(string Name, IReadOnlyList<int> Shape, float[] Values);

/// <summary>The weights of a network, by name.</summary>
public sealed class TensorTable
{
    private readonly Dictionary<string, NamedTensor> _tensors;

    /// <summary>Makes a table of tensors.</summary>
    /// <exception cref="ArgumentException">Two tensors have one name.</exception>
    public TensorTable(IEnumerable<NamedTensor> tensors) =>
        _tensors = tensors.ToDictionary(tensor => tensor.Name);

    /// <summary>The tensors, in no order that means anything.</summary>
    public IReadOnlyCollection<NamedTensor> Tensors => _tensors.Values;

    /// <summary>The tensor of a name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public NamedTensor this[string name] => _tensors[name];

    /// <summary>Both tables in one.</summary>
    /// <exception cref="ArgumentException">A name is in both.</exception>
    public TensorTable With(TensorTable other) => new(Tensors.Concat(other.Tensors));

    /// <summary>Checks that the table holds just what a network needs.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="source">The file or folder that the table came from, for the message.</param>
    /// <exception cref="GyrusException">Tensors are missing, too many or of another shape; the message names
    /// them.</exception>
    public void Require(LayerGraph graph, string source)
    {
        var wanted = graph.Variables.ToDictionary(variable => variable.Name);
        List<string> faults =
        [
            .. wanted.Keys.Where(name => !_tensors.ContainsKey(name)).Select(name => $"missing {name}"),
            .. _tensors.Keys.Where(name => !wanted.ContainsKey(name)).Select(name => $"unexpected {name}"),
            .. _tensors.Values
                .Where(tensor => wanted.TryGetValue(tensor.Name, out var v) && !v.Shape.SequenceEqual(tensor.Shape))
                .Select(tensor => $"{tensor.Name} is [{string.Join(", ", tensor.Shape)}], "
                    + $"not [{string.Join(", ", wanted[tensor.Name].Shape)}]"),
        ];
        if (faults.Count == 0) return;
        const int shown = 10;
        var rest = faults.Count > shown ? $" and {faults.Count - shown} more" : "";
        throw new GyrusException($"{source}: these are not the weights of this network: "
            + string.Join("; ", faults.Take(shown)) + rest + ". Give the weights of the backbone that you named.");
    }
}
