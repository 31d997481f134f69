using System.Buffers.Binary;
using System.Numerics;

namespace Gyrus.Imaging.Decoding;

/// <summary>Decodes BMP, which the libvips that Gyrus brings does not, and of which the small libraries that do leave
/// out the packed kind.</summary>
internal static class BmpDecoder
{
    public static ImageFormat Format { get; } = new(
        "bmp", "BMP", [".bmp"], "image/bmp", IsBmp, (path, bytes, _, pixelLimit) => Decode(path, bytes, pixelLimit));

    /// <summary>Decodes an image.</summary>
    /// <param name="path">The file's name, for errors.</param>
    /// <param name="bytes">The whole file.</param>
    /// <param name="pixelLimit">The largest width times height.</param>
    /// <exception cref="ScanException">The image is damaged, too large or of a kind that is not read.</exception>
    public static Scan Decode(string path, ReadOnlySpan<byte> bytes, long pixelLimit)
    {
        var header = BmpHeader.Read(path, bytes, pixelLimit);
        var pixels = bytes[header.PixelOffset..];
        bool runs = header.Compression is BmpCompression.Rle4 or BmpCompression.Rle8;
        if (!runs && pixels.Length < (long)Stride(header) * header.Height)
            throw ScanDecoder.Damaged(path, "the BMP ends before its last row");

        byte[] rgb;
        if (header.BitsPerPixel > 8)
        {
            rgb = Direct(header, pixels);
        }
        else
        {
            var positions = runs
                ? BmpRuns.Positions(path, header, pixels)
                : Positions(header, pixels);
            rgb = Colours(path, positions, Palette(header, bytes));
        }
        string mode = header.BitsPerPixel <= 8 ? "P" : HasAlpha(header) ? "RGBA" : "RGB";
        return new Scan(header.Width, header.Height, mode, Format.Name, rgb);
    }

    /// <summary>Two letters begin many a text: the length of the header behind them must be one that exists.</summary>
    private static bool IsBmp(ReadOnlySpan<byte> bytes) => bytes is [(byte)'B', (byte)'M', ..]
        && (bytes.Length < 18 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124);

    /// <summary>The row of the image, counted from the top, that is stored as the given one.</summary>
    internal static int Row(BmpHeader header, int stored) => header.TopDown ? stored : header.Height - 1 - stored;

    /// <summary>Bytes of a row: a multiple of four.</summary>
    private static int Stride(BmpHeader header) =>
        (int)(((long)header.Width * header.BitsPerPixel + 31) / 32 * 4);

    private static bool HasAlpha(BmpHeader header) => header.BitsPerPixel is 16 or 32 && header.Masks[3] != 0;

    private static byte[] Direct(BmpHeader header, ReadOnlySpan<byte> pixels)
    {
        int bands = HasAlpha(header) ? 4 : 3;
        int width = header.Width;
        var samples = new byte[bands * width * header.Height];
        int step = header.BitsPerPixel / 8;
        for (int stored = 0; stored < header.Height; stored++)
        {
            var from = pixels.Slice(stored * Stride(header), Stride(header));
            var to = samples.AsSpan(Row(header, stored) * bands * width, bands * width);
            for (int x = 0; x < width; x++)
            {
                var pixel = from.Slice(x * step, step);
                uint value = step switch
                {
                    2 => BinaryPrimitives.ReadUInt16LittleEndian(pixel),
                    3 => (uint)(pixel[0] | pixel[1] << 8 | pixel[2] << 16),
                    _ => BinaryPrimitives.ReadUInt32LittleEndian(pixel),
                };
                for (int k = 0; k < bands; k++) to[bands * x + k] = Sample(value, header.Masks[k]);
            }
        }
        return RgbPixels.From(samples, bands, cmyk: false);
    }

    /// <summary>The bits under a mask, scaled to 0 to 255 and rounded.</summary>
    private static byte Sample(uint value, uint mask)
    {
        if (mask == 0) return 0;
        int shift = BitOperations.TrailingZeroCount(mask);
        ulong most = mask >> shift;
        return (byte)((((value & mask) >> shift) * 255ul + most / 2) / most);
    }

    private static byte[] Positions(BmpHeader header, ReadOnlySpan<byte> pixels)
    {
        var positions = new byte[header.Width * header.Height];
        int bits = header.BitsPerPixel;
        for (int stored = 0; stored < header.Height; stored++)
        {
            var from = pixels.Slice(stored * Stride(header), Stride(header));
            var to = positions.AsSpan(Row(header, stored) * header.Width, header.Width);
            for (int x = 0; x < to.Length; x++)
            {
                int bit = x * bits;
                to[x] = (byte)(from[bit / 8] >> (8 - bits - bit % 8) & ((1 << bits) - 1));
            }
        }
        return positions;
    }

    /// <summary>The palette, as long as the bits of a pixel allow and the pixels' offset leaves room.</summary>
    private static ReadOnlySpan<byte> Palette(BmpHeader header, ReadOnlySpan<byte> bytes)
    {
        int end = Math.Max(header.PaletteOffset, header.PixelOffset);
        int room = (end - header.PaletteOffset) / header.PaletteEntryLength;
        int entries = Math.Min(room, 1 << header.BitsPerPixel);
        var palette = new byte[3 * entries];
        for (int i = 0; i < entries; i++)
        {
            var entry = bytes.Slice(header.PaletteOffset + i * header.PaletteEntryLength, 3);
            (palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]) = (entry[2], entry[1], entry[0]);
        }
        return palette;
    }

    private static byte[] Colours(string path, byte[] positions, ReadOnlySpan<byte> palette)
    {
        var rgb = new byte[3 * positions.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            int entry = 3 * positions[i];
            if (entry >= palette.Length)
                throw ScanDecoder.Damaged(path, $"colour {positions[i]} of a palette of {palette.Length / 3}");
            palette.Slice(entry, 3).CopyTo(rgb.AsSpan(3 * i));
        }
        return rgb;
    }
}
