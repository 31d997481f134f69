using Gyrus.Imaging.Decoding;
using NetVips;

namespace Gyrus.Imaging.Grey;

/// <summary>A grey picture.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Pixels">[Height, Width], row by row, 0 to 255.</param>
public sealed record GreyPicture(int Width, int Height, byte[] Pixels)
{
    /// <summary>The luma of a scan, by the weights of ITU-R BT.601, which JPEG uses.</summary>
    public static GreyPicture Of(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var pixels = RgbPixel.Of(scan);
        var grey = new byte[scan.Width * scan.Height];
        for (int i = 0; i < grey.Length; i++) grey[i] = pixels[i].Luma;
        return new GreyPicture(scan.Width, scan.Height, grey);
    }

    /// <summary>The picture with its longer side brought to a length, whatever it is now; the shape is kept.</summary>
    /// <param name="longSide">Pixels, 1 or more.</param>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public GreyPicture ScaledTo(int longSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longSide);
        VipsLibrary.EnsureReady();
        using var image = Image.NewFromMemory(Pixels, Width, Height, 1, Enums.BandFormat.Uchar);
        double scale = (double)longSide / Math.Max(Width, Height);
        // A strip would round to nothing, so each side has its own scale, of at least one pixel.
        using var small = image.Resize(
            Math.Max(scale, 1.0 / Width), vscale: Math.Max(scale, 1.0 / Height), kernel: Enums.Kernel.Linear);
        return new GreyPicture(small.Width, small.Height, small.WriteToMemory<byte>());
    }
}
