using System.Runtime.InteropServices;

namespace Gyrus.Imaging.Decoding;

/// <summary>A pixel as it lies in <see cref="Scan.Rgb"/>: loops over these need no test of three places each.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
internal readonly record struct RgbPixel(byte Red, byte Green, byte Blue)
{
    /// <summary>The luma by the weights of ITU-R BT.601, which JPEG uses, rounded.</summary>
    public byte Luma => (byte)(((19595 * Red) + (38470 * Green) + (7471 * Blue) + 32768) >> 16);

    /// <summary>The pixels of a scan, row by row.</summary>
    public static ReadOnlySpan<RgbPixel> Of(Scan scan) => MemoryMarshal.Cast<byte, RgbPixel>(scan.Rgb);
}
