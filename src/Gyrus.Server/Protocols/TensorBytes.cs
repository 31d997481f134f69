using System.Buffers.Binary;
using System.Text;
using Gyrus.Server.Problems;

namespace Gyrus.Server.Protocols;

/// <summary>Tensors as bytes: numbers in little-endian order, truth as a byte, and each element of BYTES behind its length in
/// four bytes. Source: KServe, "Binary Tensor Data Extension" of the Open Inference Protocol.</summary>
internal static class TensorBytes
{
    private const int LengthBytes = 4;

    /// <summary>Reads the elements of a tensor of BYTES.</summary>
    /// <param name="stream">Where they come from.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="size">The bytes of all with their lengths.</param>
    /// <param name="most">The bytes that one may have.</param>
    /// <param name="name">The tensor's name.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="ServiceProblem">The bytes are not built so, or one has more.</exception>
    public static async Task<List<byte[]>> ReadElements(
        Stream stream, int count, long size, long most, string name, CancellationToken cancellation)
    {
        var elements = new List<byte[]>(count);
        for (int i = 0; i < count; i++)
        {
            long length = size < LengthBytes ? long.MaxValue : BinaryPrimitives.ReadUInt32LittleEndian(
                await Exactly(stream, LengthBytes, $"{name} {i}", cancellation));
            if (length > size - LengthBytes) throw Mismatch(name);
            if (length > most) throw ServiceProblem.TooLarge($"{name} {i}: an image may have {most} bytes. Send a smaller one.");
            elements.Add(await Exactly(stream, length, $"{name} {i}", cancellation));
            size -= LengthBytes + length;
        }
        return size == 0 ? elements : throw Mismatch(name);
    }

    /// <summary>Reads so many bytes. No more memory is taken than bytes come, whatever is promised.</summary>
    /// <exception cref="ServiceProblem">There are fewer.</exception>
    public static async Task<byte[]> Exactly(Stream stream, long length, string what, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[Math.Min(length, 81_920)];
        while (bytes.Length < length)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length - bytes.Length)), cancellation);
            if (read == 0) throw ServiceProblem.BadRequest($"{what} is cut off: the body ends before it does.");
            bytes.Write(buffer, 0, read);
        }
        return bytes.ToArray();
    }

    /// <summary>A tensor's values as bytes.</summary>
    public static byte[] Of(Array values)
    {
        var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var value in values)
        {
            switch (value)
            {
                case float number: writer.Write(number); break;
                case double number: writer.Write(number); break;
                case bool truth: writer.Write(truth); break;
                case string text:
                    var element = Encoding.UTF8.GetBytes(text);
                    writer.Write(element.Length);
                    writer.Write(element);
                    break;
                default: throw new ArgumentException($"no datatype of the protocol for {value}", nameof(values));
            }
        }
        return bytes.ToArray();
    }

    private static ServiceProblem Mismatch(string name) => ServiceProblem.BadRequest(
        $"binary_data_size of '{name}' is not what its elements take: for each {LengthBytes} bytes of its length, little-endian, and itself.");
}
