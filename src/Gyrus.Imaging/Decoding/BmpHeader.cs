using System.Buffers.Binary;

namespace Gyrus.Imaging.Decoding;

/// <summary>How the pixels of a BMP are packed.</summary>
internal enum BmpCompression
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>Run lengths of 8-bit palette positions.</summary>
    Rle8 = 1,

    /// <summary>Run lengths of 4-bit palette positions.</summary>
    Rle4 = 2,

    /// <summary>Not at all; masks say where red, green and blue lie.</summary>
    BitFields = 3,

    /// <summary>As <see cref="BitFields"/>, with a mask for alpha.</summary>
    AlphaBitFields = 6,
}

/// <summary>What stands in front of a BMP's pixels: Microsoft's BITMAPFILEHEADER and BITMAPCOREHEADER,
/// BITMAPINFOHEADER, BITMAPV4HEADER or BITMAPV5HEADER, with the colour masks.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="TopDown">Whether the first row stored is the top one.</param>
/// <param name="BitsPerPixel">1, 4, 8, 16, 24 or 32.</param>
/// <param name="Compression">How pixels are packed.</param>
/// <param name="Masks">[4]: where red, green, blue and alpha lie in a pixel of 16 or 32 bits.</param>
/// <param name="PaletteOffset">Where the palette begins.</param>
/// <param name="PaletteEntryLength">3 or 4 bytes: blue, green, red.</param>
/// <param name="PixelOffset">Where the pixels begin.</param>
internal sealed record BmpHeader(
    int Width, int Height, bool TopDown, int BitsPerPixel, BmpCompression Compression, uint[] Masks,
    int PaletteOffset, int PaletteEntryLength, int PixelOffset)
{
    private const int FileHeaderLength = 14;
    private const int CoreHeaderLength = 12;
    private const int InfoHeaderLength = 40;

    /// <summary>Reads the header.</summary>
    /// <exception cref="ScanException">It is damaged, of a kind that is not read, or says too large a
    /// size.</exception>
    public static BmpHeader Read(string path, ReadOnlySpan<byte> bytes, long pixelLimit)
    {
        if (bytes.Length < FileHeaderLength + CoreHeaderLength) throw CutOff(path);
        uint length = UInt32(bytes, FileHeaderLength);
        bool core = length == CoreHeaderLength;
        if (bytes.Length < FileHeaderLength + length) throw CutOff(path);

        long height = core ? UInt16(bytes, 20) : (int)UInt32(bytes, 22);
        long width = core ? UInt16(bytes, 18) : (int)UInt32(bytes, 18);
        ScanDecoder.CheckSize(path, width, Math.Abs(height), pixelLimit);
        int bits = UInt16(bytes, core ? 24 : 28);
        var compression = core ? BmpCompression.None : (BmpCompression)UInt32(bytes, 30);
        if (!IsRead(bits, compression))
            throw ScanDecoder.NotRead(path, $"a BMP of {bits} bits a pixel with compression {(uint)compression}");

        bool masksFollow = length == InfoHeaderLength && compression >= BmpCompression.BitFields;
        int masksLength = !masksFollow ? 0 : compression == BmpCompression.AlphaBitFields ? 16 : 12;
        if (bytes.Length < FileHeaderLength + length + masksLength) throw CutOff(path);
        uint pixelOffset = UInt32(bytes, 10);
        if (pixelOffset > bytes.Length) throw CutOff(path);
        return new BmpHeader(
            (int)width, (int)Math.Abs(height), height < 0, bits, compression,
            ReadMasks(bytes, (int)length + masksLength, bits, compression),
            FileHeaderLength + (int)length + masksLength, core ? 3 : 4, (int)pixelOffset);
    }

    private static bool IsRead(int bits, BmpCompression compression) => compression switch
    {
        BmpCompression.None => bits is 1 or 4 or 8 or 16 or 24 or 32,
        BmpCompression.Rle8 => bits == 8,
        BmpCompression.Rle4 => bits == 4,
        BmpCompression.BitFields or BmpCompression.AlphaBitFields => bits is 16 or 32,
        _ => false,
    };

    /// <summary>The masks stand at one place, inside a newer header or right behind an older one of 40 bytes.</summary>
    private static uint[] ReadMasks(ReadOnlySpan<byte> bytes, int length, int bits, BmpCompression compression)
    {
        if (compression < BmpCompression.BitFields)
            return bits == 16 ? [0x7C00, 0x03E0, 0x001F, 0] : [0xFF0000, 0xFF00, 0xFF, 0];
        const int first = FileHeaderLength + InfoHeaderLength;
        bool alpha = length >= InfoHeaderLength + 16;
        return [UInt32(bytes, first), UInt32(bytes, first + 4), UInt32(bytes, first + 8),
            alpha ? UInt32(bytes, first + 12) : 0];
    }

    private static ScanException CutOff(string path) => ScanDecoder.Damaged(path, "the BMP ends in its header");

    private static uint UInt32(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static int UInt16(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);
}
