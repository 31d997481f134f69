using System.Buffers.Binary;
using System.Text;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Writing;

/// <summary>Writes objects as files: PS3.10 section 7, in explicit little endian, in which all packed pixels are too.</summary>
public static class DicomWriter
{
    // Any UUID of one's own will do (PS3.7 section D.3.3.2): this one is Gyrus's.
    private const string Implementation = "2.25.103574917350412857263917405628391746205";
    private const string ImplementationName = "GYRUS";

    private static readonly DicomTag Item = new(0xFFFE, 0xE000), SequenceEnd = new(0xFFFE, 0xE0DD);

    /// <summary>The bytes of a file.</summary>
    /// <param name="data">The object, with its class and its UID.</param>
    /// <param name="syntax">The transfer syntax: explicit little endian, or that of its packed pixels.</param>
    /// <exception cref="ArgumentException">The syntax is of another way of writing.</exception>
    public static byte[] File(DicomDataset data, TransferSyntax syntax)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(syntax);
        if (syntax.IsImplicit || syntax.IsBigEndian || syntax.IsDeflated) throw new ArgumentException($"{syntax.Title} is not written", nameof(syntax));
        var meta = new DatasetBuilder()
            .Bytes(DicomTags.FileMetaInformationVersion, "OB", new byte[] { 0, 1 })
            .Text(DicomTags.MediaStorageSopClassUid, data.Text(DicomTags.SopClassUid))
            .Text(DicomTags.MediaStorageSopInstanceUid, data.Text(DicomTags.SopInstanceUid))
            .Text(DicomTags.TransferSyntaxUid, syntax.Uid)
            .Text(DicomTags.ImplementationClassUid, Implementation)
            .Text(DicomTags.ImplementationVersionName, ImplementationName)
            .Build();
        using var header = new MemoryStream();
        Write(header, meta);
        using var whole = new MemoryStream();
        whole.Write(new byte[128]);
        whole.Write("DICM"u8);
        Write(whole, new DatasetBuilder().Number(DicomTags.FileMetaInformationGroupLength, header.Length).Build());
        header.WriteTo(whole);
        Write(whole, data);
        return whole.ToArray();
    }

    private static void Write(Stream to, DicomDataset data)
    {
        // Of two of one number the last counts, as in reading.
        foreach (var element in data.Elements.GroupBy(element => element.Tag).Select(same => same.Last()).OrderBy(element => element.Tag))
        {
            // The lengths of groups are retired, and would be wrong now.
            if (element.Tag.Element == 0 && element.Tag.Group != 2) continue;
            Write(to, element, data.IsBigEndian);
        }
    }

    private static void Write(Stream to, DicomElement element, bool isBigEndian)
    {
        if (element.Fragments is { } fragments)
        {
            Header(to, element.Tag, element.Representation, uint.MaxValue);
            foreach (var fragment in fragments)
            {
                Mark(to, Item, (uint)(fragment.Length + (fragment.Length & 1)));
                to.Write(fragment.Span);
                if (fragment.Length % 2 == 1) to.WriteByte(0);
            }
            Mark(to, SequenceEnd, 0);
            return;
        }
        if (element.Representation == "SQ")
        {
            using var items = new MemoryStream();
            foreach (var one in element.Items)
            {
                using var inside = new MemoryStream();
                Write(inside, one);
                Mark(items, Item, (uint)inside.Length);
                inside.WriteTo(items);
            }
            Header(to, element.Tag, "SQ", (uint)items.Length);
            items.WriteTo(to);
            return;
        }
        var value = isBigEndian ? Swapped(element) : element.Value;
        Header(to, element.Tag, element.Representation, (uint)(value.Length + (value.Length & 1)));
        to.Write(value.Span);
        // Texts end in a space, UIDs and bytes in a zero: PS3.5 section 6.2.
        if (value.Length % 2 == 1) to.WriteByte(element.Representation is "UI" or "OB" or "UN" ? (byte)0 : (byte)' ');
    }

    /// <summary>The bytes of numbers the other way round.</summary>
    private static byte[] Swapped(DicomElement element)
    {
        int size = element.Representation switch { "US" or "SS" or "OW" or "AT" => 2, "UL" or "SL" or "FL" or "OF" or "OL" => 4, "FD" or "OD" or "OV" or "SV" or "UV" => 8, _ => 1 };
        var bytes = element.Value.ToArray();
        for (int at = 0; at + size <= bytes.Length; at += size) Array.Reverse(bytes, at, size);
        return bytes;
    }

    private static void Header(Stream to, DicomTag tag, string representation, uint length)
    {
        Words(to, tag.Group, tag.Element);
        // A value that is too long for its usual length of 16 bits is written as unknown: PS3.5 section 6.2.2, note 2.
        bool isLong = representation is "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "SQ" or "SV" or "UC" or "UN" or "UR" or "UT" or "UV";
        to.Write(Encoding.ASCII.GetBytes(isLong || length <= ushort.MaxValue ? representation : "UN"));
        if (!isLong && length <= ushort.MaxValue)
        {
            Words(to, (ushort)length);
            return;
        }
        Words(to, 0);
        Number(to, length);
    }

    private static void Mark(Stream to, DicomTag tag, uint length)
    {
        Words(to, tag.Group, tag.Element);
        Number(to, length);
    }

    private static void Words(Stream to, params ReadOnlySpan<ushort> words)
    {
        Span<byte> bytes = stackalloc byte[2];
        foreach (ushort word in words)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, word);
            to.Write(bytes);
        }
    }

    private static void Number(Stream to, uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        to.Write(bytes);
    }
}
