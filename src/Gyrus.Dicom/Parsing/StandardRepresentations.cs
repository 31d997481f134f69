namespace Gyrus.Dicom.Parsing;

/// <summary>How values of the standard's attributes are written, for files that do not say it: PS3.6 chapter 6. Without it a sequence in such a file is bytes, and what is in it unseen.</summary>
public static class StandardRepresentations
{
    // In the table: US, or SS where pixels have a sign.
    private const string OfSign = "XS";

    private const ushort FirstOverlay = 0x6000, LastOverlay = 0x601E;

    private static readonly Dictionary<DicomTag, string> Known = Read();

    /// <summary>The representation of an attribute; null where the standard has none of the number.</summary>
    /// <param name="tag">Its number.</param>
    public static string? Find(DicomTag tag) => DicomTags.Find(tag)?.Representation ?? (Listed(tag) is OfSign ? "US" : Listed(tag));

    /// <summary>Whether values have a sign where pixels have one.</summary>
    /// <param name="tag">Its number.</param>
    public static bool HasSignOfPixels(DicomTag tag) => Listed(tag) is OfSign;

    private static string? Listed(DicomTag tag)
    {
        bool isOverlay = tag.Group is >= FirstOverlay and <= LastOverlay && !tag.IsPrivate;
        return Known.GetValueOrDefault(isOverlay ? tag with { Group = FirstOverlay } : tag);
    }

    /// <summary>Lines of a group, a representation, and the group's elements that have it.</summary>
    private static Dictionary<DicomTag, string> Read()
    {
        Dictionary<DicomTag, string> known = [];
        using var lines = new StreamReader(typeof(StandardRepresentations).Assembly.GetManifestResourceStream("representations.txt")!);
        while (lines.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            ushort group = Convert.ToUInt16(parts[0], 16);
            foreach (var element in parts.AsSpan(2)) known.Add(new DicomTag(group, Convert.ToUInt16(element, 16)), parts[1]);
        }
        return known;
    }
}
