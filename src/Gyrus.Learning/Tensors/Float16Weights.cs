
namespace Gyrus.Learning.Tensors;

/// <summary>
/// Which weights an export with half-precision storage rounds, and the rounding. Kernels of convolutions are rounded:
/// they are nearly all of a file. Biases and dense kernels keep float32: they are few, and the head is what was
/// trained. Everything is computed in float32 either way.
/// </summary>
public static class Float16Weights
{
    /// <summary>Whether a weight of a shape is stored as float16: the kernels [height, width, in, out].</summary>
    public static bool Rounds(IReadOnlyList<int> shape) => shape.Count == 4;

    /// <summary>
    /// The weights as an export with float16 storage holds them. A network of these computes just what that export
    /// computes, so a head trained on its features loses nothing by the storage.
    /// </summary>
    /// <exception cref="GyrusException">A weight is beyond float16's range.</exception>
    public static TensorTable Round(TensorTable tensors) => new(tensors.Tensors.Select(tensor =>
        Rounds(tensor.Shape) ? tensor with { Values = Array.ConvertAll(ToHalf(tensor, tensor.Values), half => (float)half) }
            : tensor));

    internal static Half[] ToHalf(NamedTensor tensor, float[] values)
    {
        var halves = new Half[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            halves[i] = (Half)values[i];
            if (Half.IsInfinity(halves[i]))
            {
                throw new GyrusException($"{tensor.Name} holds {values[i]:g4}, and float16 ends at 65504. "
                    + "Export with float32 weights.");
            }
        }
        return halves;
    }
}
