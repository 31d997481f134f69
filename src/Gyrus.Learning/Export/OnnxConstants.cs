using System.Runtime.InteropServices;
using Google.Protobuf;
using Gyrus.Learning.Onnx;

namespace Gyrus.Learning.Export;

/// <summary>Initializers that are lists of numbers.</summary>
internal static class OnnxConstants
{
    /// <summary>A list of float32.</summary>
    public static TensorProto Floats(string name, params ReadOnlySpan<float> list) =>
        Constant(name, TensorProto.Types.DataType.Float32, list.Length, MemoryMarshal.AsBytes(list));

    /// <summary>A list of int64.</summary>
    public static TensorProto Integers(string name, params ReadOnlySpan<long> list) =>
        Constant(name, TensorProto.Types.DataType.Int64, list.Length, MemoryMarshal.AsBytes(list));

    private static TensorProto Constant(
        string name, TensorProto.Types.DataType type, int count, ReadOnlySpan<byte> bytes) => new()
        {
            Name = name,
            Dims = { count },
            DataType = (int)type,
            RawData = ByteString.CopyFrom(bytes),
        };
}
