using System.Runtime.InteropServices;
using Google.Protobuf;
using Gyrus.Learning.Export.Onnx;
using Gyrus.Learning.Weights;

namespace Gyrus.Learning.Export;

/// <summary>
/// Weights as ONNX initializers: kernels of convolutions go from Keras's (height, width, in, out) to
/// (out, in, height, width); dense kernels stay (in, out), as Gemm takes them.
/// </summary>
internal static class OnnxWeights
{
    /// <summary>Makes an initializer under the tensor's own name.</summary>
    /// <param name="tensor">The weight.</param>
    /// <param name="float16">Whether to store it as float16.</param>
    public static TensorProto Initializer(NamedTensor tensor, bool float16)
    {
        bool depthwise = tensor.Name.EndsWith("/depthwise_kernel", StringComparison.Ordinal);
        var values = tensor.Shape.Count == 4 ? ToOnnx(tensor, depthwise) : tensor.Values;
        var bytes = float16
            ? MemoryMarshal.AsBytes(Float16Weights.ToHalf(tensor, values).AsSpan())
            : MemoryMarshal.AsBytes(values.AsSpan());
        return new TensorProto
        {
            Name = tensor.Name,
            Dims = { Dims(tensor.Shape, depthwise) },
            DataType = (int)(float16 ? TensorProto.Types.DataType.Float16 : TensorProto.Types.DataType.Float32),
            RawData = UnsafeByteOperations.UnsafeWrap(bytes.ToArray()),
        };
    }

    private static IEnumerable<long> Dims(IReadOnlyList<int> shape, bool depthwise) => shape.Count switch
    {
        4 when depthwise => [shape[2], shape[3], shape[0], shape[1]],
        4 => [shape[3], shape[2], shape[0], shape[1]],
        _ => shape.Select(size => (long)size),
    };

    private static float[] ToOnnx(NamedTensor tensor, bool depthwise)
    {
        // A depthwise kernel is [height, width, channels, 1]: its channels are ONNX's outputs, with one input each.
        int window = tensor.Shape[0] * tensor.Shape[1];
        int inputs = depthwise ? 1 : tensor.Shape[2];
        int outputs = depthwise ? tensor.Shape[2] : tensor.Shape[3];
        var values = new float[tensor.Values.Length];
        for (int at = 0; at < window; at++)
        {
            for (int i = 0; i < inputs; i++)
            {
                var row = tensor.Values.AsSpan(((at * inputs) + i) * outputs, outputs);
                for (int o = 0; o < outputs; o++) values[(((o * inputs) + i) * window) + at] = row[o];
            }
        }
        return values;
    }
}
