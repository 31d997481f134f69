namespace Gyrus.Imaging.Decoding;

/// <summary>The image formats. A new one is a decoder and its place in <see cref="All"/>; what is imported, named in errors, taken by the
/// service and offered by its page goes by this list.</summary>
public static class ImageFormats
{
    /// <summary>All that are recognised, in the order that they are named in. DICOM comes first, since its files may begin as a TIFF does too (PS3.10 section 7.1).</summary>
    public static IReadOnlyList<ImageFormat> All { get; } =
        [DicomDecoder.Format, VipsFormats.Png, VipsFormats.Jpeg, VipsFormats.Tiff, VipsFormats.WebP, BmpDecoder.Format, VipsFormats.Gif];

    /// <summary>Those that are decoded.</summary>
    public static IReadOnlyList<ImageFormat> Read { get; } = [.. All.Where(format => format.IsRead)];

    /// <summary>Those that are decoded, as the end of a sentence: <c>DICOM, PNG, JPEG, TIFF, WebP or BMP</c>.</summary>
    public static string Titles { get; } = $"{string.Join(", ", Read.SkipLast(1).Select(format => format.Title))} or {Read[^1].Title}";

    /// <summary>The format of a file by its first bytes, 132 or more where it has them; null where it is none of these.</summary>
    public static ImageFormat? Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var format in All)
        {
            if (format.Begins(bytes)) return format;
        }
        return null;
    }

    /// <summary>The format of a file by its first bytes; null where it is none of these, or the file cannot be read.</summary>
    /// <param name="path">The file.</param>
    public static ImageFormat? OfFile(string path)
    {
        if (FileKind.Special(path) is not null) return null;
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> start = stackalloc byte[132];
            return Of(start[..RandomAccess.Read(file, start, 0)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a media type says that something is an image, of whatever format: the content is looked at later.</summary>
    /// <param name="type">Such as <c>image/png</c>.</param>
    public static bool IsMediaType(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
            || All.Any(format => format.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase));
    }
}
