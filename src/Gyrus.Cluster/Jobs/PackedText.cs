using System.IO.Compression;
using System.Text;

namespace Gyrus.Cluster.Jobs;

/// <summary>Text as it is stored and sent: UTF-8, compressed by Brotli (RFC 7932).</summary>
public static class PackedText
{
    // No path holds it, on any system.
    private const char Separator = '\0';

    /// <summary>Packs texts that hold no zero byte.</summary>
    public static byte[] Pack(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Pack(Encoding.UTF8.GetBytes(string.Concat(texts.Select(text => text + Separator))));
    }

    /// <summary>Undoes <see cref="Pack(IReadOnlyList{string})"/>.</summary>
    public static string[] Unpack(byte[] packed) => Encoding.UTF8.GetString(UnpackBytes(packed)).Split(Separator)[..^1];

    /// <summary>Packs bytes.</summary>
    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        // Beyond this quality the time grows faster than what is saved.
        if (!BrotliEncoder.TryCompress(bytes, packed, out int length, quality: 4, window: 22)) throw new InvalidOperationException("The room that Brotli asks for does not do.");
        return packed[..length];
    }

    /// <summary>Undoes <see cref="Pack(ReadOnlySpan{byte})"/>.</summary>
    public static byte[] UnpackBytes(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        brotli.CopyTo(bytes);
        return bytes.ToArray();
    }
}
