using System.Buffers.Binary;

namespace Gyrus.Dicom.Parsing;

/// <summary>Reads the elements of a data set: PS3.5 section 7. What is cut off is read as far as it goes.</summary>
/// <param name="path">The file, for errors.</param>
/// <param name="bytes">The whole file, inflated where it was deflated.</param>
/// <param name="beforePixels">Whether to stop where pixels begin.</param>
internal sealed class DatasetParser(string path, ReadOnlyMemory<byte> bytes, bool beforePixels)
{
    private const uint Undefined = 0xFFFFFFFF;
    private const int Deepest = 64;

    private static readonly DicomTag Item = new(0xFFFE, 0xE000);
    private static readonly DicomTag ItemEnd = new(0xFFFE, 0xE00D);
    private static readonly DicomTag SequenceEnd = new(0xFFFE, 0xE0DD);

    private int _at;

    /// <summary>Whether the file ended within an element.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>Whether pixels were come to.</summary>
    public bool HasPixels { get; private set; }

    /// <summary>Reads a data set to the end of the file.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="syntax">How it is written.</param>
    /// <param name="group">The one group that is read, such as that of the file's header; null for all.</param>
    /// <returns>The data set, and where it ends.</returns>
    public (DicomDataset Dataset, int End) Read(int start, TransferSyntax syntax, ushort? group = null)
    {
        _at = start;
        var dataset = Elements(bytes.Length, syntax.IsImplicit, syntax.IsBigEndian, depth: 0, group);
        return (dataset, _at);
    }

    private DicomDataset Elements(int end, bool isImplicit, bool isBig, int depth, ushort? group = null)
    {
        if (depth > Deepest) throw DicomErrors.Damaged(path, $"sequences are more than {Deepest} deep");
        List<DicomElement> elements = [];
        // What is left behind the last element and is too short for one is padding.
        while (_at + 8 <= end && !IsTruncated)
        {
            var tag = Tag(isBig);
            if (group is { } only && tag.Group != only) break;
            if (depth == 0 && tag == DicomTags.PixelData)
            {
                HasPixels = true;
                if (beforePixels) break;
            }
            _at += 4;
            if (tag == ItemEnd)
            {
                _at += 4;
                break;
            }
            if (tag.Group == 0xFFFE)
            {
                // A delimiter without its beginning, as some programs leave: nothing to read.
                _at += 4;
                continue;
            }
            if (Element(tag, end, isImplicit, isBig, depth) is { } element) elements.Add(element);
        }
        if (_at < end && end - _at < 8 && depth == 0 && group is null) _at = end;
        return new(elements, isBig);
    }

    private DicomElement? Element(DicomTag tag, int end, bool isImplicit, bool isBig, int depth)
    {
        if (Header(isImplicit, isBig, end) is not var (representation, length)) return null;
        bool says = representation is not null;
        representation ??= StandardRepresentations.Find(tag) ?? (tag.Element == 0 ? "UL" : "UN");
        if (tag == DicomTags.PixelData && length == Undefined) return new(tag, representation, default) { Fragments = Fragments(end, isBig) };
        if (length == Undefined)
        {
            // Of an unknown representation and no length: a sequence, its items implicit and little endian (PS3.5 section 6.2.2, note 2).
            bool unknown = says && representation == "UN";
            return new(tag, "SQ", default) { Items = Items(end, untilDelimiter: true, isImplicit || unknown, isBig && !unknown, depth) };
        }
        int last = Within(length, end);
        // What a program did not know and passed on as unknown is implicit and little endian too.
        bool passedOn = says && representation == "UN" && StandardRepresentations.Find(tag) == "SQ";
        if (representation == "SQ" || passedOn)
        {
            var items = Items(last, untilDelimiter: false, isImplicit || passedOn, isBig && !passedOn, depth);
            _at = last;
            return new(tag, "SQ", default) { Items = items };
        }
        if (says && representation == "UN" && !isBig) representation = StandardRepresentations.Find(tag) ?? representation;
        var value = bytes[_at..last];
        _at = last;
        return new(tag, representation, value);
    }

    /// <summary>How an element's value is written, null where it is not said, and the value's length; null where the file ends in it.</summary>
    private (string? Representation, uint Length)? Header(bool isImplicit, bool isBig, int end)
    {
        var at = bytes.Span[_at..];
        if (isImplicit || !IsRepresentation(at))
        {
            _at += 4;
            return (null, isBig ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at));
        }
        var representation = $"{(char)at[0]}{(char)at[1]}";
        if (representation is not ("OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "SQ" or "SV" or "UC" or "UN" or "UR" or "UT" or "UV"))
        {
            _at += 4;
            return (representation, isBig ? BinaryPrimitives.ReadUInt16BigEndian(at[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(at[2..]));
        }
        if (_at + 8 > end)
        {
            IsTruncated = true;
            _at = end;
            return null;
        }
        _at += 8;
        return (representation, isBig ? BinaryPrimitives.ReadUInt32BigEndian(at[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(at[4..]));
    }

    private List<DicomDataset> Items(int end, bool untilDelimiter, bool isImplicit, bool isBig, int depth)
    {
        List<DicomDataset> items = [];
        while (_at + 8 <= end && !IsTruncated)
        {
            var tag = Tag(isBig);
            uint length = Length(isBig);
            if (tag == SequenceEnd)
            {
                _at += 8;
                return items;
            }
            if (tag != Item)
            {
                if (!untilDelimiter) return items;
                throw DicomErrors.Damaged(path, $"{tag} stands in a sequence at byte {_at} where an item should begin");
            }
            _at += 8;
            int last = length == Undefined ? end : Within(length, end);
            items.Add(Elements(last, isImplicit, isBig, depth + 1));
            if (length != Undefined) _at = last;
        }
        if (untilDelimiter) IsTruncated = true;
        return items;
    }

    private List<ReadOnlyMemory<byte>> Fragments(int end, bool isBig)
    {
        List<ReadOnlyMemory<byte>> fragments = [];
        while (_at + 8 <= end)
        {
            var (tag, length) = (Tag(isBig), Length(isBig));
            if (tag == SequenceEnd)
            {
                _at += 8;
                return fragments;
            }
            if (tag != Item) throw DicomErrors.Damaged(path, $"{tag} stands among packed pixels at byte {_at} where a fragment should begin");
            _at += 8;
            int last = Within(length, end);
            fragments.Add(bytes[_at..last]);
            _at = last;
        }
        IsTruncated = true;
        return fragments;
    }

    private int Within(uint length, int end)
    {
        if (length <= end - _at) return _at + (int)length;
        IsTruncated = true;
        return end;
    }

    private DicomTag Tag(bool isBig)
    {
        var at = bytes.Span[_at..];
        return isBig ? new(BinaryPrimitives.ReadUInt16BigEndian(at), BinaryPrimitives.ReadUInt16BigEndian(at[2..]))
            : new(BinaryPrimitives.ReadUInt16LittleEndian(at), BinaryPrimitives.ReadUInt16LittleEndian(at[2..]));
    }

    private uint Length(bool isBig)
    {
        var at = bytes.Span[(_at + 4)..];
        return isBig ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
    }

    private static bool IsRepresentation(ReadOnlySpan<byte> at) => at[0] is >= (byte)'A' and <= (byte)'Z' && at[1] is >= (byte)'A' and <= (byte)'Z';
}
