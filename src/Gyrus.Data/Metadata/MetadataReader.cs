using MetadataExtractor;
using MetadataExtractor.Formats.Icc;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.Xmp;

namespace Gyrus.Data.Metadata;

/// <summary>
/// Reads the metadata of image files: EXIF and TIFF tags, XMP, IPTC, PNG text and JPEG comments. Fields that describe
/// the picture alone, such as its resolution or colours, and the names of programs are no findings.
/// </summary>
public static class MetadataReader
{
    private const int LongestValue = 80;

    private static readonly MetadataFinding[] TooLong =
        [new("PNG text", "compressed and too long to be looked at", "text")];

    /// <summary>
    /// Lists the fields that may tell who or what was scanned. What is damaged is passed over; what is no image gives
    /// none. Safe to call from many threads at once.
    /// </summary>
    /// <param name="bytes">The whole file.</param>
    public static IReadOnlyList<MetadataFinding> Read(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            bool complete = true;
            var source = PngMetadata.Is(bytes) ? PngMetadata.Only(bytes, out complete) : bytes;
            var parts = ImageMetadataReader.ReadMetadata(new MemoryStream(source, writable: false));
            return [.. parts.SelectMany(Findings).Where(finding => finding.Value.Length > 0)
                .DistinctBy(finding => (finding.Field, finding.Value)), .. complete ? [] : TooLong];
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return []; // The library throws many kinds at damaged files, none of them worth losing a readable image.
        }
    }

    private static IEnumerable<MetadataFinding> Findings(MetadataExtractor.Directory part) => part switch
    {
        IccDirectory => [],
        XmpDirectory xmp => Xmp(xmp),
        PngDirectory png when png.GetObject(PngDirectory.TagTextualData)
            is IEnumerable<MetadataExtractor.KeyValuePair> texts => texts.Select(text => PngText(text.Key, text.Value.ToString())).OfType<MetadataFinding>(),
        JpegCommentDirectory => part.Tags.Select(tag => JpegComment(Shortened(tag.Description)))
            .OfType<MetadataFinding>(),
        _ => part.Tags.Select(tag => Tag(part, tag)).OfType<MetadataFinding>(),
    };

    private static MetadataFinding? Tag(MetadataExtractor.Directory part, Tag tag) =>
        MetadataKind.Of(tag.Name) is { } kind
            ? new MetadataFinding(
                // A latitude without its hemisphere has no description, and is a place all the same.
                $"{Container(part.Name)} {tag.Name}", Shortened(tag.Description ?? part.GetString(tag.Type)), kind)
            : null;

    private static IEnumerable<MetadataFinding> Xmp(XmpDirectory xmp)
    {
        foreach (var (path, value) in xmp.GetXmpProperties())
        {
            if (path.EndsWith("xml:lang", StringComparison.Ordinal)) continue;
            var name = path.Split('/')[^1].Split('[')[0];
            if (MetadataKind.Of(name.Split(':')[^1]) is { } kind)
                yield return new MetadataFinding($"XMP {name}", Shortened(value), kind);
        }
    }

    private static MetadataFinding? PngText(string key, string value) => MetadataKind.IsTechnical(key)
        ? null : new MetadataFinding($"PNG text {Shortened(key)}", Shortened(value), MetadataKind.Of(key) ?? "text");

    private static MetadataFinding? JpegComment(string value) => MetadataKind.IsProgramsMark(value)
        ? null : new MetadataFinding("JPEG comment", value, "text");

    private static string Container(string name) => name.Split(' ')[0] switch
    {
        "Exif" => "EXIF",
        "GPS" => "EXIF",
        var other when other.StartsWith("PNG", StringComparison.Ordinal) => "PNG",
        var other => other,
    };

    private static string Shortened(string? value)
    {
        var clean = string.Concat((value ?? "").Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return clean.Length <= LongestValue ? clean : clean[..LongestValue].TrimEnd() + "…";
    }
}
