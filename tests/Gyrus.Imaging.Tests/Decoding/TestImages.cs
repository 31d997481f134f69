using System.Buffers.Binary;
using System.Text;
using NetVips;

namespace Gyrus.Imaging.Tests;

/// <summary>Small image files of every kind, made here so that each pixel is known.</summary>
internal static class TestImages
{
    public const int Width = 19;
    public const int Height = 14;

    /// <summary>[Height, Width, bands]: differs from pixel to pixel and from band to band; 13 levels.</summary>
    public static byte[] Samples(int bands, int width = Width, int height = Height)
    {
        var samples = new byte[width * height * bands];
        for (int i = 0; i < samples.Length; i++)
        {
            int pixel = i / bands, band = i % bands;
            samples[i] = (byte)(((pixel % width) * 3 + (pixel / width) * 5 + band * 4) % 13 * 21);
        }
        return samples;
    }

    /// <summary>The image of <see cref="Samples"/>, with 8 bits or scaled to 16.</summary>
    public static Image Vips(int bands, bool sixteen = false, bool cmyk = false)
    {
        var eight = Samples(bands);
        var image = sixteen
            ? Image.NewFromMemory(
                eight.Select(s => (ushort)(s * 257)).ToArray(), Width, Height, bands, Enums.BandFormat.Ushort)
            : Image.NewFromMemory(eight, Width, Height, bands, Enums.BandFormat.Uchar);
        return image.Copy(interpretation: (cmyk, bands, sixteen) switch
        {
            (true, _, _) => Enums.Interpretation.Cmyk,
            (_, <= 2, false) => Enums.Interpretation.Bw,
            (_, <= 2, true) => Enums.Interpretation.Grey16,
            (_, _, false) => Enums.Interpretation.Srgb,
            _ => Enums.Interpretation.Rgb16,
        });
    }

    public static byte[] Png(int bands, bool sixteen = false)
    {
        using var image = Vips(bands, sixteen);
        return image.PngsaveBuffer();
    }

    public static byte[] PalettePng()
    {
        using var image = Vips(3);
        return image.PngsaveBuffer(palette: true, dither: 0, effort: 10);
    }

    public static byte[] Jpeg(int bands, bool cmyk = false)
    {
        using var image = Vips(bands, cmyk: cmyk);
        return image.JpegsaveBuffer(q: 100, subsampleMode: Enums.ForeignSubsample.Off);
    }

    public static byte[] Tiff(
        int bands, bool sixteen = false, bool cmyk = false,
        Enums.ForeignTiffCompression compression = Enums.ForeignTiffCompression.Lzw)
    {
        using var image = Vips(bands, sixteen, cmyk);
        return image.TiffsaveBuffer(compression: compression);
    }

    public static byte[] Webp(int bands)
    {
        using var image = Vips(bands);
        return image.WebpsaveBuffer(lossless: true, exact: true);
    }

    /// <summary>Several frames, one above the other in memory.</summary>
    public static Image Frames(int count)
    {
        var samples = Samples(3, Width, Height * count);
        return Image.NewFromMemory(samples, Width, Height * count, 3, Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb)
            .Mutate(m => m.Set(GValue.GIntType, "page-height", Height));
    }

    /// <summary>A TIFF with a palette, which libvips does not write.</summary>
    public static byte[] PaletteTiff(byte[] positions, byte[] palette)
    {
        (ushort Tag, ushort Type, uint Count, uint Value)[] entries =
        [
            (256, 3, 1, Width), (257, 3, 1, Height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 3),
            (273, 4, 1, 1000), (277, 3, 1, 1), (278, 3, 1, Height), (279, 4, 1, (uint)positions.Length),
            (320, 3, 768, 2000),
        ];
        var file = new byte[2000 + 768 * 2];
        "II*\0\x08\0\0\0"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)entries.Length);
        for (int i = 0; i < entries.Length; i++)
        {
            var entry = file.AsSpan(10 + 12 * i);
            BinaryPrimitives.WriteUInt16LittleEndian(entry, entries[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], entries[i].Type);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], entries[i].Count);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], entries[i].Value);
        }
        positions.CopyTo(file, 1000);
        for (int i = 0; i < palette.Length; i++)
        {
            int place = 2000 + 2 * (i % 3 * 256 + i / 3);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(place), (ushort)(palette[i] * 257));
        }
        return file;
    }

    /// <summary>A BMP: the file header, an information header of the given length, what stands between it and the
    /// pixels, and the pixels.</summary>
    public static byte[] Bmp(
        int width, int height, int bits, byte[] pixels, int compression = 0, byte[]? between = null, int header = 40)
    {
        between ??= [];
        var file = new byte[14 + header + between.Length + pixels.Length];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), file.Length - pixels.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), header);
        if (header == 12)
        {
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(18), (short)width);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), (short)height);
            file[22] = 1;
            file[24] = (byte)bits;
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
            file[26] = 1;
            file[28] = (byte)bits;
            file[30] = (byte)compression;
        }
        between.CopyTo(file, 14 + header);
        pixels.CopyTo(file, 14 + header + between.Length);
        return file;
    }

    /// <summary>A 24-bit BMP of <see cref="Samples"/>.</summary>
    public static byte[] Bmp24()
    {
        var rgb = Samples(3);
        int stride = (Width * 3 + 3) / 4 * 4;
        var pixels = new byte[stride * Height];
        for (int y = 0; y < Height; y++)
        {
            for (int i = 0; i < Width * 3; i++)
                pixels[(Height - 1 - y) * stride + i] = rgb[y * Width * 3 + i / 3 * 3 + 2 - i % 3];
        }
        return Bmp(Width, Height, 24, pixels);
    }

    /// <summary>A chunk of a PNG, with its check sum.</summary>
    public static byte[] PngChunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        uint crc = uint.MaxValue;
        foreach (byte b in chunk.AsSpan(4, 4 + data.Length))
        {
            crc ^= b;
            for (int k = 0; k < 8; k++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
        }
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), ~crc);
        return chunk;
    }

    /// <summary>Puts a chunk behind the header of a PNG.</summary>
    public static byte[] WithPngChunk(byte[] png, byte[] chunk)
    {
        const int headerEnd = 8 + 25;
        return [.. png[..headerEnd], .. chunk, .. png[headerEnd..]];
    }
}
