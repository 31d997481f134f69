using System.Buffers.Binary;
using System.Text;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Testing;

/// <summary>Writes DICOM for tests, in any of the three ways of writing elements.</summary>
public sealed class WrittenDicom(TransferSyntax syntax)
{
    private readonly List<byte> _bytes = [];

    public static byte[] File(TransferSyntax syntax, Action<WrittenDicom> write, bool preamble = true, string? mediaClass = null)
    {
        var meta = new WrittenDicom(TransferSyntax.ExplicitLittleEndian);
        if (mediaClass is not null) meta.Text(DicomTags.MediaStorageSopClassUid, "UI", mediaClass);
        meta.Text(DicomTags.TransferSyntaxUid, "UI", syntax.Uid);
        var data = new WrittenDicom(syntax);
        write(data);
        return [.. preamble ? [.. new byte[128], .. "DICM"u8] : Array.Empty<byte>(), .. meta._bytes, .. data._bytes];
    }

    public WrittenDicom Text(DicomTag tag, string representation, string text) =>
        Bytes(tag, representation, Encoding.Latin1.GetBytes(text.Length % 2 == 0 ? text : text + (representation == "UI" ? "\0" : " ")));

    public WrittenDicom Word(DicomTag tag, ushort value) => Bytes(tag, "US", Words(value));

    public byte[] Words(params ushort[] values)
    {
        var bytes = new byte[values.Length * 2];
        for (int i = 0; i < values.Length; i++)
        {
            if (syntax.IsBigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), values[i]);
            else BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), values[i]);
        }
        return bytes;
    }

    public WrittenDicom Bytes(DicomTag tag, string representation, byte[] value, uint? length = null)
    {
        Tag(tag);
        Length(representation, length ?? (uint)value.Length);
        _bytes.AddRange(value);
        return this;
    }

    public WrittenDicom Sequence(DicomTag tag, bool isDelimited, params Action<WrittenDicom>[] items)
    {
        var inside = new WrittenDicom(syntax);
        foreach (var write in items)
        {
            var item = new WrittenDicom(syntax);
            write(item);
            inside.Mark(0xE000, isDelimited ? uint.MaxValue : (uint)item._bytes.Count);
            inside._bytes.AddRange(item._bytes);
            if (isDelimited) inside.Mark(0xE00D, 0);
        }
        if (isDelimited) inside.Mark(0xE0DD, 0);
        return Bytes(tag, "SQ", [.. inside._bytes], isDelimited ? uint.MaxValue : null);
    }

    public WrittenDicom Packed(params byte[][] fragments)
    {
        var inside = new WrittenDicom(TransferSyntax.ExplicitLittleEndian);
        foreach (var fragment in fragments)
        {
            inside.Mark(0xE000, (uint)fragment.Length);
            inside._bytes.AddRange(fragment);
        }
        inside.Mark(0xE0DD, 0);
        return Bytes(DicomTags.PixelData, "OB", [.. inside._bytes], uint.MaxValue);
    }

    public WrittenDicom Image(int rows, int columns, int bits, bool isSigned = false, int samples = 1, string photometric = "MONOCHROME2", int? stored = null, int frames = 1) =>
        Word(DicomTags.SamplesPerPixel, (ushort)samples)
            .Text(DicomTags.PhotometricInterpretation, "CS", photometric)
            .Text(DicomTags.NumberOfFrames, "IS", FormattableString.Invariant($"{frames}"))
            .Word(DicomTags.Rows, (ushort)rows)
            .Word(DicomTags.Columns, (ushort)columns)
            .Word(DicomTags.BitsAllocated, (ushort)bits)
            .Word(DicomTags.BitsStored, (ushort)(stored ?? bits))
            .Word(DicomTags.HighBit, (ushort)((stored ?? bits) - 1))
            .Word(DicomTags.PixelRepresentation, (ushort)(isSigned ? 1 : 0));

    private void Mark(ushort element, uint length)
    {
        Tag(new DicomTag(0xFFFE, element));
        Number(length);
    }

    private void Tag(DicomTag tag) => _bytes.AddRange(Words(tag.Group, tag.Element));

    private void Length(string representation, uint length)
    {
        if (syntax.IsImplicit)
        {
            Number(length);
            return;
        }
        _bytes.AddRange(Encoding.ASCII.GetBytes(representation));
        if (representation is "OB" or "OW" or "SQ" or "UN" or "UT")
        {
            _bytes.AddRange([0, 0]);
            Number(length);
        }
        else
        {
            _bytes.AddRange(Words((ushort)length));
        }
    }

    private void Number(uint number)
    {
        var bytes = new byte[4];
        if (syntax.IsBigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
    }
}
