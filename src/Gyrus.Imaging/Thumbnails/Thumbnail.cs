using Gyrus.Imaging.Decoding;
using NetVips;

namespace Gyrus.Imaging.Thumbnails;

/// <summary>Small pictures of scans.</summary>
public static class Thumbnail
{
    private const int Quality = 78;

    /// <summary>A JPEG of the whole scan, fitted into a square; a smaller scan is not enlarged.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="side">The square's side in pixels.</param>
    /// <exception cref="GyrusException">The native image library is missing.</exception>
    public static byte[] Jpeg(Scan scan, int side)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(side);
        VipsLibrary.EnsureReady();
        using var image = Image.NewFromMemory(scan.Rgb, scan.Width, scan.Height, 3, Enums.BandFormat.Uchar);
        using var colours = image.Copy(interpretation: Enums.Interpretation.Srgb);
        using var small = colours.ThumbnailImage(side, height: side, size: Enums.Size.Down);
        return small.JpegsaveBuffer(q: Quality, keep: Enums.ForeignKeep.None);
    }
}
