using Gyrus.Imaging.Decoding;
using NetVips;

namespace Gyrus.Imaging.Encoders;

/// <summary>Turns scans into PNG files: lossless, and with nothing in them but pixels.</summary>
public static class PngEncoder
{
    /// <summary>Encodes a scan: as grey where every pixel is grey, else as RGB. Decoding the result gives the same pixels
    /// to the bit.</summary>
    /// <param name="scan">The pixels.</param>
    /// <param name="compression">zlib's level, from 0, which is fast, to 9, which is small.</param>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static byte[] Encode(Scan scan, int compression = 6)
    {
        ArgumentNullException.ThrowIfNull(scan);
        VipsLibrary.EnsureReady();
        bool grey = IsGrey(scan.Rgb);
        int bands = grey ? 1 : 3;
        using var samples = Image.NewFromMemory(
            grey ? Grey(scan.Rgb) : scan.Rgb, scan.Width, scan.Height, bands, Enums.BandFormat.Uchar);
        using var image = samples.Copy(interpretation: grey ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
        return image.PngsaveBuffer(compression: compression, keep: Enums.ForeignKeep.None);
    }

    /// <summary>Encodes levels of 16 bits as grey.</summary>
    /// <param name="levels">[<paramref name="height"/>, <paramref name="width"/>].</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static byte[] Encode16(ushort[] levels, int width, int height)
    {
        VipsLibrary.EnsureReady();
        using var samples = Image.NewFromMemory(levels, width, height, bands: 1, Enums.BandFormat.Ushort);
        using var image = samples.Copy(interpretation: Enums.Interpretation.Grey16);
        return image.PngsaveBuffer(bitdepth: 16, keep: Enums.ForeignKeep.None);
    }

    /// <summary>Whether the encoded file of a scan will be grey.</summary>
    public static bool IsGrey(ReadOnlySpan<byte> rgb)
    {
        for (int i = 0; i < rgb.Length; i += 3)
        {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) return false;
        }
        return true;
    }

    private static byte[] Grey(byte[] rgb)
    {
        var grey = new byte[rgb.Length / 3];
        for (int i = 0; i < grey.Length; i++) grey[i] = rgb[3 * i];
        return grey;
    }
}
