using System.Buffers.Binary;
using Gyrus.Dicom.Parsing;

namespace Gyrus.Dicom.Pixels;

/// <summary>Undoes DICOM's own packing, runs of equal bytes: PS3.5 annex G.</summary>
internal static class RunLengthDecoder
{
    private const int HeaderBytes = 64;
    private const int MostSegments = 15;

    /// <summary>Unpacks a frame.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="packed">The frame.</param>
    /// <param name="layout">What it holds.</param>
    /// <returns>The samples, colours of a pixel together.</returns>
    public static ushort[] Decode(string path, ReadOnlySpan<byte> packed, PixelLayout layout)
    {
        int bytesEach = layout.BitsAllocated / 8, wanted = layout.Samples * bytesEach;
        if (packed.Length < HeaderBytes) throw DicomErrors.Damaged(path, "an RLE frame ends in its header");
        uint segments = BinaryPrimitives.ReadUInt32LittleEndian(packed);
        if (segments != wanted || segments > MostSegments) throw DicomErrors.Damaged(path, $"an RLE frame has {segments} segments, and {wanted} are needed");
        var samples = new ushort[layout.FrameSamples];
        var segment = new byte[layout.Columns * layout.Rows];
        for (int s = 0; s < wanted; s++)
        {
            uint start = BinaryPrimitives.ReadUInt32LittleEndian(packed[(4 + (4 * s))..]);
            uint end = s + 1 < wanted ? BinaryPrimitives.ReadUInt32LittleEndian(packed[(8 + (4 * s))..]) : (uint)packed.Length;
            if (start < HeaderBytes || start > end || end > packed.Length) throw DicomErrors.Damaged(path, $"RLE segment {s + 1} lies outside its frame");
            Unpack(path, packed[(int)start..(int)end], segment);
            // Of samples of two bytes the segment of the high ones comes first.
            int shift = bytesEach == 2 && s % 2 == 0 ? 8 : 0;
            for (int i = 0, to = s / bytesEach; i < segment.Length; i++, to += layout.Samples) samples[to] |= (ushort)(segment[i] << shift);
        }
        return samples;
    }

    private static void Unpack(string path, ReadOnlySpan<byte> packed, Span<byte> to)
    {
        int from = 0, at = 0;
        while (at < to.Length)
        {
            if (from >= packed.Length) throw DicomErrors.Damaged(path, "an RLE segment ends before its last pixel");
            int control = (sbyte)packed[from++];
            if (control == -128) continue;
            if (control >= 0)
            {
                int count = Math.Min(control + 1, to.Length - at);
                if (from + count > packed.Length) throw DicomErrors.Damaged(path, "an RLE segment ends before its last pixel");
                packed.Slice(from, count).CopyTo(to[at..]);
                from += control + 1;
                at += count;
            }
            else
            {
                if (from >= packed.Length) throw DicomErrors.Damaged(path, "an RLE segment ends before its last pixel");
                int count = Math.Min(1 - control, to.Length - at);
                to.Slice(at, count).Fill(packed[from++]);
                at += count;
            }
        }
    }
}
