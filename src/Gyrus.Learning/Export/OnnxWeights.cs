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
        var values = WeightLayout.Permuted(tensor, axes);
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
}
