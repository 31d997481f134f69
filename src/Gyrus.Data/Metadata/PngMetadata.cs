using System.Buffers.Binary;

namespace Gyrus.Data.Metadata;

/// <summary>Takes the metadata out of a PNG file, without what would be unpacked to gigabytes.</summary>
internal static class PngMetadata
{
    /// <summary>Compressed text that is unpacked, of all of a file's together: at most a thousand times as much, since
    /// deflate shrinks no further.</summary>
    private const int MostCompressed = 16 << 10;

    private const int Signature = 8;
    private const int Around = 12; // Length, type and checksum.

    /// <summary>Whether the bytes begin as a PNG file does.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) =>
        bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n', ..];

    /// <summary>A PNG file of the header and the metadata alone, as far as the chunks are whole.</summary>
    /// <param name="png">The whole file.</param>
    /// <param name="complete">Whether all text is in it.</param>
    public static byte[] Only(byte[] png, out bool complete)
    {
        var kept = new MemoryStream();
        kept.Write(png, 0, Signature);
        int compressed = 0;
        complete = true;
        for (int at = Signature; at + Around <= png.Length;)
        {
            long length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - Around) break;
            var type = png.AsSpan(at + 4, 4);
            var data = png.AsSpan(at + 8, (int)length);
            if (IsCompressed(type, data))
            {
                compressed += data.Length;
                if (compressed <= MostCompressed) kept.Write(png, at, (int)length + Around);
                else complete = false;
            }
            else if (type.SequenceEqual("IHDR"u8) || type.SequenceEqual("IEND"u8) || type.SequenceEqual("tEXt"u8)
                || type.SequenceEqual("iTXt"u8) || type.SequenceEqual("eXIf"u8) || type.SequenceEqual("tIME"u8))
            {
                kept.Write(png, at, (int)length + Around);
            }
            at += (int)length + Around;
        }
        return kept.ToArray();
    }

    /// <summary>Of iTXt, the byte behind the keyword's NUL says whether its text is compressed.</summary>
    private static bool IsCompressed(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (type.SequenceEqual("zTXt"u8)) return true;
        int flag = data.IndexOf((byte)0) + 1;
        return type.SequenceEqual("iTXt"u8) && flag > 0 && flag < data.Length && data[flag] != 0;
    }
}
