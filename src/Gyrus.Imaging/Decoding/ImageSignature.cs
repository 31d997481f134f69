using System.Buffers.Binary;

namespace Gyrus.Imaging.Decoding;

/// <summary>Recognises an image format by the first bytes of a file.</summary>
public static class ImageSignature
{
    /// <summary>The format, as <see cref="Scan.Format"/> names it, or <c>gif</c>, or null where the bytes begin like
    /// none of these.</summary>
    public static string? Find(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "png",
        [0xFF, 0xD8, 0xFF, ..] => "jpeg",
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "tiff",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..]
            => "webp",
        [(byte)'B', (byte)'M', ..] when IsBmp(bytes) => "bmp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "gif",
        _ => null,
    };

    /// <summary>The format of a file, by its first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <returns>As <see cref="Find"/>; null too where the file cannot be read.</returns>
    public static string? OfFile(string path)
    {
        if (FileKind.Special(path) is not null) return null;
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[32];
            return Find(start[..RandomAccess.Read(file, start, 0)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Two letters begin many a text: the length of the header behind them must be one that exists.</summary>
    private static bool IsBmp(ReadOnlySpan<byte> bytes) =>
        bytes.Length < 18
        || BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124;
}
