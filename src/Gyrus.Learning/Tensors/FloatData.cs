using System.Runtime.InteropServices;

namespace Gyrus.Learning.Tensors;

/// <summary>
/// Raw little-endian floating-point data. The bytes are taken as they are in memory: every machine that libtorch and
/// ONNX Runtime run on is little-endian.
/// </summary>
internal static class FloatData
{
    /// <summary>Fills an array from a stream.</summary>
    /// <param name="stream">The stream; it stands behind the data afterwards.</param>
    /// <param name="values">The array.</param>
    /// <param name="isHalf">Whether the data is float16, which is widened, or float32.</param>
    /// <exception cref="EndOfStreamException">The stream is too short.</exception>
    public static void Read(Stream stream, float[] values, bool isHalf)
    {
        if (!isHalf)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return;
        }
        var halves = new Half[values.Length];
        stream.ReadExactly(MemoryMarshal.AsBytes(halves.AsSpan()));
        for (int i = 0; i < values.Length; i++) values[i] = (float)halves[i];
    }
}
