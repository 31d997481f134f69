using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Gyrus.Dicom.Pixels;

/// <summary>Pixels that are not packed: PS3.5 section 8.1 and annex D.</summary>
internal static class NativePixels
{
    /// <summary>The samples of a frame as they lie, in the file's order.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="bits">Bits that a sample takes, 8 or 16.</param>
    /// <param name="isBigEndian">Whether samples of 16 bits begin with their highest byte.</param>
    public static ushort[] Read(ReadOnlySpan<byte> bytes, int bits, bool isBigEndian)
    {
        if (bits == 16)
        {
            var words = MemoryMarshal.Cast<byte, ushort>(bytes).ToArray();
            if (isBigEndian == BitConverter.IsLittleEndian) BinaryPrimitives.ReverseEndianness(words, words);
            return words;
        }
        var samples = new ushort[bytes.Length];
        for (int i = 0; i < samples.Length; i++) samples[i] = bytes[i];
        return samples;
    }

    /// <summary>Takes away the bits that do not count, such as overlays', and gives signed samples their sign.</summary>
    /// <param name="samples">Changed in place.</param>
    /// <param name="layout">Which bits count.</param>
    public static void KeepStoredBits(Span<ushort> samples, PixelLayout layout)
    {
        if (layout.BitsStored == 16) return;
        int right = layout.HighBit + 1 - layout.BitsStored, left = 16 - layout.BitsStored;
        if (layout.IsSigned)
        {
            for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)((short)(samples[i] >> right << left) >> left);
            return;
        }
        int mask = (1 << layout.BitsStored) - 1;
        for (int i = 0; i < samples.Length; i++) samples[i] = (ushort)((samples[i] >> right) & mask);
    }

    /// <summary>Puts the colours of each pixel together that lie in planes.</summary>
    /// <param name="planes">[samples, pixels].</param>
    /// <param name="samples">Samples of a pixel.</param>
    public static ushort[] Interleave(ReadOnlySpan<ushort> planes, int samples)
    {
        var pixels = new ushort[planes.Length];
        int count = planes.Length / samples;
        for (int sample = 0; sample < samples; sample++)
        {
            for (int i = 0, to = sample; i < count; i++, to += samples) pixels[to] = planes[(sample * count) + i];
        }
        return pixels;
    }
}
