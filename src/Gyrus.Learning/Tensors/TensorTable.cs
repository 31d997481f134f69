namespace Gyrus.Learning.Tensors;

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
}
