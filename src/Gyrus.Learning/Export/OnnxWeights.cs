using System.Runtime.InteropServices;
using Google.Protobuf;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Export;

/// <summary>Weights as ONNX initializers, in the order of axes that ONNX's operators take (<see cref="WeightLayout"/>).</summary>
internal static class OnnxWeights
{
    /// <summary>Makes an initializer under the tensor's own name.</summary>
    /// <param name="tensor">The weight.</param>
    /// <param name="float16">Whether to store it as float16.</param>
    public static TensorProto Initializer(NamedTensor tensor, bool float16)
    {
        var axes = WeightLayout.Of(tensor.Name, tensor.Shape.Count).Onnx;
        var values = Permuted(tensor, axes);
        var bytes = float16
            ? MemoryMarshal.AsBytes(Float16Weights.ToHalf(tensor, values).AsSpan())
            : MemoryMarshal.AsBytes(values.AsSpan());
        return new TensorProto
        {
            Name = tensor.Name,
            Dims = { axes.Select(axis => (long)tensor.Shape[axis]) },
            DataType = (int)(float16 ? TensorProto.Types.DataType.Float16 : TensorProto.Types.DataType.Float32),
            RawData = UnsafeByteOperations.UnsafeWrap(bytes.ToArray()),
        };
    }

    /// <summary>The values in C order of other axes.</summary>
    /// <param name="tensor">The weight.</param>
    /// <param name="axes">For each new axis the old one.</param>
    private static float[] Permuted(NamedTensor tensor, int[] axes)
    {
        if (axes.Order().SequenceEqual(axes)) return tensor.Values;
        var steps = new int[axes.Length];
        for (int axis = axes.Length - 1, step = 1; axis >= 0; step *= tensor.Shape[axis--]) steps[axis] = step;
        var values = new float[tensor.Values.Length];
        var place = new int[axes.Length];
        int from = 0;
        for (int to = 0; to < values.Length; to++)
        {
            values[to] = tensor.Values[from];
            for (int i = axes.Length - 1; i >= 0; i--)
            {
                from += steps[axes[i]];
                if (++place[i] < tensor.Shape[axes[i]]) break;
                from -= place[i] * steps[axes[i]];
                place[i] = 0;
            }
        }
        return values;
    }
}
