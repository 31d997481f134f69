using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Gyrus.Dicom.Parsing;

/// <summary>Attributes with their values: a whole object, or an item of a sequence.</summary>
/// <param name="elements">The attributes; of two of one number the last counts.</param>
/// <param name="isBigEndian">Whether numbers begin with their highest byte.</param>
public sealed class DicomDataset(IReadOnlyList<DicomElement> elements, bool isBigEndian)
{
    private readonly Dictionary<DicomTag, DicomElement> _byTag = ByTag(elements);
    private Encoding? _encoding;

    /// <summary>A data set without attributes.</summary>
    public static DicomDataset Empty { get; } = new([], isBigEndian: false);

    /// <summary>The attributes in the order in which the file has them.</summary>
    public IReadOnlyList<DicomElement> Elements => elements;

    /// <summary>Whether numbers begin with their highest byte.</summary>
    public bool IsBigEndian => isBigEndian;

    /// <summary>An attribute; null where there is none.</summary>
    /// <param name="tag">Its number.</param>
    public DicomElement? Find(DicomTag tag) => _byTag.GetValueOrDefault(tag);

    /// <summary>The values of an attribute as texts, without the spaces around them; none where it is missing or empty.</summary>
    /// <param name="tag">Its number.</param>
    public IReadOnlyList<string> Texts(DicomTag tag)
    {
        if (Find(tag) is not { Value.IsEmpty: false } element) return [];
        _encoding ??= tag == DicomTags.SpecificCharacterSet ? null : DicomText.Of(Texts(DicomTags.SpecificCharacterSet));
        var text = (_encoding ?? Encoding.ASCII).GetString(element.Value.Span);
        return [.. text.Split('\\').Select(value => value.Trim(' ', '\0'))];
    }

    /// <summary>The first value of an attribute as a text; empty where it is missing.</summary>
    /// <param name="tag">Its number.</param>
    public string Text(DicomTag tag) => Texts(tag) is [var first, ..] ? first : "";

    /// <summary>The values of an attribute as numbers, whether it holds them as text or in binary; those that are no finite numbers are left out.</summary>
    /// <param name="tag">Its number.</param>
    /// <param name="signed">Whether whole numbers of 16 bits have a sign where the file does not say it.</param>
    public IReadOnlyList<double> Numbers(DicomTag tag, bool signed = false)
    {
        if (Find(tag) is not { Value.IsEmpty: false } element) return [];
        var bytes = element.Value.Span;
        return element.Representation switch
        {
            "US" when !signed => Read(bytes, sizeof(ushort), value => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(value) : BinaryPrimitives.ReadUInt16LittleEndian(value)),
            "US" or "SS" => Read(bytes, sizeof(short), value => isBigEndian ? BinaryPrimitives.ReadInt16BigEndian(value) : BinaryPrimitives.ReadInt16LittleEndian(value)),
            "UL" => Read(bytes, sizeof(uint), value => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(value) : BinaryPrimitives.ReadUInt32LittleEndian(value)),
            "SL" => Read(bytes, sizeof(int), value => isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(value) : BinaryPrimitives.ReadInt32LittleEndian(value)),
            "FL" => Read(bytes, sizeof(float), value => isBigEndian ? BinaryPrimitives.ReadSingleBigEndian(value) : BinaryPrimitives.ReadSingleLittleEndian(value)),
            "FD" => Read(bytes, sizeof(double), value => isBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(value) : BinaryPrimitives.ReadDoubleLittleEndian(value)),
            _ => [.. Texts(tag).Select(Number).OfType<double>()],
        };
    }

    /// <summary>The first value of an attribute as a number; null where it is missing or none.</summary>
    /// <param name="tag">Its number.</param>
    public double? Number(DicomTag tag) => Numbers(tag) is [var first, ..] ? first : null;

    /// <summary>The first value of an attribute as a whole number; null where it is missing, none, or beyond 32 bits.</summary>
    /// <param name="tag">Its number.</param>
    public int? Whole(DicomTag tag) =>
        Number(tag) is { } number && number == Math.Floor(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>The values of 16 bits of an attribute, such as a table's.</summary>
    /// <param name="tag">Its number.</param>
    public ushort[] Words(DicomTag tag)
    {
        if (Find(tag) is not { } element) return [];
        var bytes = element.Value.Span;
        var words = MemoryMarshal.Cast<byte, ushort>(bytes[..(bytes.Length & ~1)]).ToArray();
        if (isBigEndian) BinaryPrimitives.ReverseEndianness(words, words);
        return words;
    }

    /// <summary>The data sets in a sequence; none where it is missing.</summary>
    /// <param name="tag">Its number.</param>
    public IReadOnlyList<DicomDataset> Items(DicomTag tag) => Find(tag)?.Items ?? [];

    private delegate double Reader(ReadOnlySpan<byte> bytes);

    private static List<double> Read(ReadOnlySpan<byte> bytes, int size, Reader read)
    {
        var numbers = new List<double>(bytes.Length / size);
        for (int at = 0; at + size <= bytes.Length; at += size)
        {
            double number = read(bytes.Slice(at, size));
            if (double.IsFinite(number)) numbers.Add(number);
        }
        return numbers;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static Dictionary<DicomTag, DicomElement> ByTag(IReadOnlyList<DicomElement> elements)
    {
        var byTag = new Dictionary<DicomTag, DicomElement>(elements.Count);
        foreach (var element in elements) byTag[element.Tag] = element;
        return byTag;
    }
}
