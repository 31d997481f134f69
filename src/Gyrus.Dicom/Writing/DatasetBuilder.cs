using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Writing;

/// <summary>Makes a data set of attributes of <see cref="DicomTags"/>. Texts are in UTF-8, numbers in little endian.</summary>
public sealed class DatasetBuilder
{
    /// <summary>The name of UTF-8 in SpecificCharacterSet, which an object with other letters than ASCII's must have.</summary>
    public const string CharacterSet = "ISO_IR 192";

    private readonly Dictionary<DicomTag, DicomElement> _elements = [];

    /// <summary>Adds texts; of no value where there is none.</summary>
    /// <param name="tag">The attribute.</param>
    /// <param name="values">The values.</param>
    public DatasetBuilder Text(DicomTag tag, params IReadOnlyList<string> values)
    {
        var representation = Representation(tag);
        return Bytes(tag, representation, Encoding.UTF8.GetBytes(string.Join('\\', values)));
    }

    /// <summary>Adds numbers, in binary or as texts, as the attribute has them.</summary>
    /// <param name="tag">The attribute.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">The attribute holds no numbers.</exception>
    public DatasetBuilder Number(DicomTag tag, params IReadOnlyList<double> values)
    {
        var representation = Representation(tag);
        int size = representation switch { "US" or "SS" => 2, "UL" or "SL" or "FL" => 4, "FD" => 8, _ => 0 };
        if (size == 0 && representation is not ("DS" or "IS")) throw new ArgumentException($"{DicomTags.Name(tag)} holds {representation}, no numbers", nameof(tag));
        // DS has at most 16 characters: PS3.5 table 6.2-1.
        if (size == 0) return Text(tag, [.. values.Select(value => value.ToString(representation == "IS" ? "0" : "G10", CultureInfo.InvariantCulture))]);
        var bytes = new byte[size * values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            var at = bytes.AsSpan(i * size);
            switch (representation)
            {
                case "US": BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)values[i]); break;
                case "SS": BinaryPrimitives.WriteInt16LittleEndian(at, (short)values[i]); break;
                case "UL": BinaryPrimitives.WriteUInt32LittleEndian(at, (uint)values[i]); break;
                case "SL": BinaryPrimitives.WriteInt32LittleEndian(at, (int)values[i]); break;
                case "FL": BinaryPrimitives.WriteSingleLittleEndian(at, (float)values[i]); break;
                default: BinaryPrimitives.WriteDoubleLittleEndian(at, values[i]); break;
            }
        }
        return Bytes(tag, representation, bytes);
    }

    /// <summary>Adds data sets, as a sequence.</summary>
    /// <param name="tag">The attribute.</param>
    /// <param name="items">The data sets.</param>
    public DatasetBuilder Sequence(DicomTag tag, params IReadOnlyList<DicomDataset> items) => Add(new DicomElement(tag, "SQ", default) { Items = items });

    /// <summary>Adds bytes as they are.</summary>
    /// <param name="tag">The attribute.</param>
    /// <param name="representation">How they are to be read.</param>
    /// <param name="value">The bytes.</param>
    public DatasetBuilder Bytes(DicomTag tag, string representation, ReadOnlyMemory<byte> value) => Add(new DicomElement(tag, representation, value));

    /// <summary>Adds an attribute; one that was there before goes.</summary>
    /// <param name="element">The attribute.</param>
    public DatasetBuilder Add(DicomElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        _elements[element.Tag] = element;
        return this;
    }

    /// <summary>Adds attributes of another data set: those that it has, and empty texts for those that it lacks.</summary>
    /// <param name="from">The data set, of little endian.</param>
    /// <param name="tags">The attributes.</param>
    public DatasetBuilder Copy(DicomDataset from, params IReadOnlyList<DicomTag> tags)
    {
        ArgumentNullException.ThrowIfNull(from);
        foreach (var tag in tags)
        {
            if (from.Find(tag) is { } element) Add(element);
            else Text(tag);
        }
        return this;
    }

    /// <summary>The data set, its attributes in order.</summary>
    public DicomDataset Build() => new([.. _elements.Values.OrderBy(element => element.Tag)], isBigEndian: false);

    private static string Representation(DicomTag tag) =>
        DicomTags.Find(tag)?.Representation ?? throw new ArgumentException($"{tag} is not in the table of attributes", nameof(tag));
}
