using System.Buffers.Binary;

namespace Gyrus.Imaging.Decoding;

/// <summary>Tells a TIFF with a palette, which libvips hands over as RGB without a word.</summary>
internal static class TiffPalette
{
    private const int PhotometricInterpretation = 262;
    private const int PaletteColour = 3;

    /// <summary>Whether the first image of a TIFF says PhotometricInterpretation 3, palette colour (TIFF 6.0,
    /// section 8). False for BigTIFF, whose palette images count as RGB.</summary>
    public static bool IsIn(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return false;
        bool little = tiff[0] == 'I';
        if (UInt16(tiff[2..], little) != 42) return false;
        uint start = little
            ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (start > tiff.Length - 2) return false;
        var directory = tiff[(int)start..];
        int entries = Math.Min(UInt16(directory, little), (directory.Length - 2) / 12);
        for (int i = 0; i < entries; i++)
        {
            var entry = directory.Slice(2 + 12 * i, 12);
            if (UInt16(entry, little) == PhotometricInterpretation) return UInt16(entry[8..], little) == PaletteColour;
        }
        return false;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, bool little) => little
        ? BinaryPrimitives.ReadUInt16LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
