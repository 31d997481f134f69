using System.Buffers;
using System.Globalization;
using System.Text;

namespace Gyrus;

/// <summary>
/// Reads text files that users wrote, without losing a letter: bytes that are no text are refused, since two names that
/// differ in such bytes alone would become one.
/// </summary>
public static class UserText
{
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(false, throwOnInvalidBytes: true)),
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
    ];

    /// <summary>Reads a whole file: UTF-8, or what its byte order mark says (UTF-8, UTF-16 or UTF-32).</summary>
    /// <param name="path">The file.</param>
    /// <returns>The text without the mark.</returns>
    /// <exception cref="GyrusException">The bytes are not in that encoding.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static string Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = File.ReadAllBytes(path);
        var (mark, encoding) = Array.Find(Marks, known => bytes.AsSpan().StartsWith(known.Mark));
        mark ??= [];
        encoding ??= Marks[0].Encoding;
        try
        {
            return encoding.GetString(bytes.AsSpan(mark.Length));
        }
        catch (DecoderFallbackException e)
        {
            throw new GyrusException(encoding is UTF8Encoding ? NotUtf8(path, bytes)
                : $"{path}: the file is damaged: it begins as {encoding.WebName} and goes on otherwise. Save it as UTF-8.", e);
        }
    }

    private static string NotUtf8(string path, ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == OperationStatus.Done) at += length;
        int line = bytes[..at].Count((byte)'\n') + 1;
        int column = at - bytes[..at].LastIndexOf((byte)'\n');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{path}, line {line}, byte {column}: 0x{bytes[at]:X2} is not UTF-8, so letters would be lost. Save the file as UTF-8.");
    }
}
