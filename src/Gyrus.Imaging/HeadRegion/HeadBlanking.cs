using Gyrus.Imaging.Decoding;

namespace Gyrus.Imaging.HeadRegion;

/// <summary>Takes away what is around a head.</summary>
public static class HeadBlanking
{
    /// <summary>A copy of the scan that is black outside the head; the head's pixels are the same bits.</summary>
    /// <exception cref="ArgumentException">The mask has another size than the scan.</exception>
    public static Scan Apply(Scan scan, HeadMask mask)
    {
        ArgumentNullException.ThrowIfNull(scan);
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Width != scan.Width || mask.Height != scan.Height)
        {
            throw new ArgumentException(
                $"The mask has {mask.Width} x {mask.Height} pixels, the scan {scan.Width} x {scan.Height}.", nameof(mask));
        }
        var rgb = new byte[scan.Rgb.Length];
        for (int i = 0; i < mask.Inside.Length; i++)
        {
            if (mask.Inside[i]) scan.Rgb.AsSpan(3 * i, 3).CopyTo(rgb.AsSpan(3 * i));
        }
        return scan with { Rgb = rgb, Levels = scan.Levels?.Select((level, i) => mask.Inside[i] ? level : 0).ToArray() };
    }
}
