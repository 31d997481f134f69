using System.Buffers.Binary;
using System.IO.Compression;

namespace Gyrus.Dicom.Parsing;

/// <summary>A DICOM file: PS3.10.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Meta">The file's own header, group 2; empty where the file has none.</param>
/// <param name="Data">The object.</param>
/// <param name="Syntax">How it is written.</param>
/// <param name="IsTruncated">Whether the file ends before it should.</param>
public sealed record DicomFile(string Path, DicomDataset Meta, DicomDataset Data, TransferSyntax Syntax, bool IsTruncated)
{
    // Header and all of most files; doubled until pixels are come to.
    private const int FirstRead = 1 << 16;

    /// <summary>The most bytes that a deflated data set may have.</summary>
    public const int LargestInflated = 1 << 30;

    /// <summary>Reads a file as far as its pixels, and no further.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DicomException">It cannot be read, is no DICOM file, or is damaged.</exception>
    public static DicomFile ReadHeader(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (FileKind.Special(path) is { } special)
            throw new DicomException(path, DicomFault.Unreadable, $"this is {special} and no file; name a DICOM file");
        try
        {
            using var file = File.OpenHandle(path);
            long length = RandomAccess.GetLength(file);
            for (long size = FirstRead; ; size *= 4)
            {
                var start = new byte[Math.Min(size, Math.Min(length, Array.MaxLength))];
                int read = 0;
                while (read < start.Length && RandomAccess.Read(file, start.AsSpan(read), read) is > 0 and var more) read += more;
                bool whole = read == length || start.Length == Array.MaxLength;
                var parsed = Parse(path, start.AsMemory(0, read), beforePixels: true, out bool pixels);
                if (pixels || whole) return parsed with { IsTruncated = whole && parsed.IsTruncated };
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DicomException(path, DicomFault.Unreadable, PathFault.OfFile(path, e), e);
        }
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DicomException">It cannot be read, is no DICOM file, or is damaged.</exception>
    public static DicomFile Read(string path) => Parse(path, InputFile.Read(path));

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="path">The file's name, for errors.</param>
    /// <param name="bytes">The whole file.</param>
    /// <exception cref="DicomException">It is no DICOM file, or is damaged.</exception>
    public static DicomFile Parse(string path, ReadOnlyMemory<byte> bytes) => Parse(path, bytes, beforePixels: false, out _);

    /// <summary>Whether a file that begins so is a DICOM file, with the usual beginning or with its first attribute.</summary>
    /// <param name="bytes">Its first bytes, 132 or more where it has them.</param>
    public static bool Begins(ReadOnlySpan<byte> bytes) => HasPreamble(bytes) || IsGroup2(bytes) || Guessed(bytes) is not null;

    private static bool HasPreamble(ReadOnlySpan<byte> bytes) => bytes.Length >= 132 && bytes.Slice(128, 4).SequenceEqual("DICM"u8);

    private static DicomFile Parse(string path, ReadOnlyMemory<byte> bytes, bool beforePixels, out bool hasPixels)
    {
        int start = Start(path, bytes.Span);
        var header = new DatasetParser(path, bytes, beforePixels: false);
        var (meta, end) = IsGroup2(bytes.Span[start..]) ? header.Read(start, TransferSyntax.ExplicitLittleEndian, group: 2) : (DicomDataset.Empty, start);
        var named = meta.Text(DicomTags.TransferSyntaxUid);
        var syntax = named.Length > 0 ? TransferSyntax.Of(named) : Guess(bytes.Span[end..]);
        var rest = bytes[end..];
        if (syntax.IsDeflated) rest = Inflate(path, rest, beforePixels);
        // Some programs name one way of writing and write another.
        var written = syntax.IsDeflated || rest.Length < 8 ? syntax : Written(rest.Span, syntax);
        var body = new DatasetParser(path, rest, beforePixels);
        var (data, _) = body.Read(0, written);
        hasPixels = body.HasPixels;
        return new(path, meta, data, syntax, header.IsTruncated || body.IsTruncated);
    }

    private static int Start(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) throw new DicomException(path, DicomFault.Empty, "the file is empty; get it again from where it came");
        if (HasPreamble(bytes)) return 132;
        if (bytes.StartsWith("DICM"u8)) return 4;
        // Without the usual beginning a file starts with an element of group 2 or 8.
        if (Begins(bytes)) return 0;
        throw new DicomException(path, DicomFault.NotRead, "this is no DICOM file: it has neither DICM at byte 128 nor begins with an attribute");
    }

    private static bool IsGroup2(ReadOnlySpan<byte> bytes) => bytes.Length >= 8 && bytes[0] == 2 && bytes[1] == 0 && bytes[3] == 0 && bytes[4] == 'U';

    private static TransferSyntax Guess(ReadOnlySpan<byte> bytes) => Guessed(bytes) ?? TransferSyntax.ImplicitLittleEndian;

    /// <summary>How a data set is written, by its first element, which is of group 8 in nearly all; null where it begins as none.</summary>
    private static TransferSyntax? Guessed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8) return null;
        bool isLittle = bytes[1] == 0 && bytes[0] is 0x04 or 0x08;
        bool isBig = bytes[0] == 0 && bytes[1] is 0x04 or 0x08;
        bool isExplicit = char.IsAsciiLetterUpper((char)bytes[4]) && char.IsAsciiLetterUpper((char)bytes[5]);
        if (isLittle && isExplicit) return TransferSyntax.ExplicitLittleEndian;
        if (isBig && isExplicit) return TransferSyntax.ExplicitBigEndian;
        return isLittle && BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) <= 1024 ? TransferSyntax.ImplicitLittleEndian : null;
    }

    private static TransferSyntax Written(ReadOnlySpan<byte> bytes, TransferSyntax named) =>
        Guessed(bytes) is { } found && (found.IsImplicit != named.IsImplicit || found.IsBigEndian != named.IsBigEndian)
            ? named with { IsImplicit = found.IsImplicit, IsBigEndian = found.IsBigEndian } : named;

    private static byte[] Inflate(string path, ReadOnlyMemory<byte> deflated, bool beforePixels)
    {
        using var packed = new MemoryStream(deflated.ToArray());
        using var inflate = new DeflateStream(packed, CompressionMode.Decompress);
        using var whole = new MemoryStream();
        var buffer = new byte[FirstRead];
        try
        {
            while (inflate.Read(buffer) is > 0 and var read)
            {
                whole.Write(buffer, 0, read);
                if (whole.Length > LargestInflated)
                    throw new DicomException(path, DicomFault.TooLarge, $"the file unfolds to more than {LargestInflated} bytes; save it without deflate");
            }
        }
        catch (InvalidDataException) when (beforePixels)
        {
            // Cut off on purpose: what is there is read.
        }
        catch (InvalidDataException e)
        {
            throw DicomErrors.Damaged(path, "its deflated part does not unfold", e);
        }
        return whole.ToArray();
    }
}
