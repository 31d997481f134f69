using System.Runtime.InteropServices;

namespace Gyrus.Learning.Weights.Tflite;

/// <summary>The tensors of a graph that TensorFlow Lite keeps: their names, shapes and numbers.</summary>
/// <param name="tensors">The tables <c>Tensor</c>.</param>
/// <param name="buffers">The tables <c>Buffer</c>.</param>
internal sealed class TfliteValues(FlatTable[] tensors, FlatTable[] buffers)
{
    private const sbyte Float32 = 0, Float16 = 1, Int32 = 2, Int8 = 9;

    // For the number of a tensor that an operator brings to float32, the one that is stored.
    private readonly Dictionary<int, int> _stored = [];

    /// <summary>A tensor's name.</summary>
    public string Name(int tensor) => tensors[tensor].Text(3);

    /// <summary>A tensor's shape.</summary>
    public int[] Shape(int tensor) => tensors[tensor].Numbers(0);

    /// <summary>Whether it is held in eight bits with signs.</summary>
    public bool IsEightBit(int tensor) => tensors[tensor].Small(1) == Int8;

    /// <summary>Whether the file has its numbers, and no operator gives them.</summary>
    public bool IsConstant(int tensor) => buffers[tensors[tensor].Number(2)].Has(0);

    /// <summary>Says that the numbers of a tensor are another's.</summary>
    public void Stand(int tensor, int stored) => _stored[tensor] = stored;

    /// <summary>The step between two neighbouring numbers, and the number that stands for 0, of what is held in eight bits.</summary>
    /// <exception cref="InvalidDataException">It is not held so, or not with one step.</exception>
    public (float Step, sbyte Zero) Steps(int tensor)
    {
        if (IsEightBit(tensor) && tensors[tensor].Has(4) && tensors[tensor].Inner(4) is var known
            && known.Fractions(2) is [> 0 and < float.PositiveInfinity and var step] && known.LongNumbers(3) is [>= sbyte.MinValue and <= sbyte.MaxValue and var zero])
        {
            return (step, (sbyte)zero);
        }
        throw new InvalidDataException($"{Name(tensor)} is held in numbers that are not known");
    }

    /// <summary>The numbers of a weight.</summary>
    /// <exception cref="InvalidDataException">They are of a kind that is not known.</exception>
    public float[] Of(int tensor)
    {
        var table = tensors[_stored.GetValueOrDefault(tensor, tensor)];
        byte[] data = buffers[table.Number(2)].Bytes(0);
        return table.Small(1) switch
        {
            Float32 => MemoryMarshal.Cast<byte, float>(data).ToArray(),
            Float16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(data).ToArray(), value => (float)value),
            Int8 when table.Has(4) => Scaled(Array.ConvertAll(data, value => (int)unchecked((sbyte)value)), table),
            Int32 when table.Has(4) => Scaled(MemoryMarshal.Cast<byte, int>(data).ToArray(), table),
            _ => throw new InvalidDataException($"{Name(tensor)} is neither float32 nor float16, nor in eight bits with signs"),
        };
    }

    /// <summary>The whole numbers of a tensor that says how an operator works.</summary>
    /// <exception cref="InvalidDataException">It is of no whole numbers.</exception>
    public int[] Whole(int tensor) => tensors[tensor].Small(1) == Int32 ? MemoryMarshal.Cast<byte, int>(buffers[tensors[tensor].Number(2)].Bytes(0)).ToArray()
        : throw new InvalidDataException($"{Name(tensor)} is not of whole numbers");

    /// <summary>What whole numbers stand for, with a scale for all, or one for each place along an axis.</summary>
    private static float[] Scaled(int[] values, FlatTable tensor)
    {
        var known = tensor.Inner(4);
        float[] scales = known.Fractions(2);
        int step = scales.Length == 1 ? values.Length : tensor.Numbers(0).Skip(known.Number(6) + 1).Aggregate(1, (product, size) => product * size);
        if (scales.Length == 0 || step < 1 || known.LongNumbers(3).Any(zero => zero != 0)) throw new InvalidDataException($"{tensor.Text(3)} has scales or a zero that are not known");
        return [.. values.Select((value, i) => value * scales[i / step % scales.Length])];
    }
}
