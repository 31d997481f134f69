using System.Runtime.InteropServices;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;

namespace Gyrus.Imaging.HeadRegion;

/// <summary>A square around the head of a scan. Only what of it lies on the scan is in memory: a strip of 60 x 40,000 pixels
/// stays one, and the black beside it is added where the square is resampled (<see cref="ScanTensor"/>).</summary>
/// <param name="Scan">The part of the scan that is seen, in the middle of the square; all around it is black.</param>
/// <param name="Side">The square's side, in pixels: the longer side of <paramref name="Scan"/>.</param>
/// <param name="Left">Where the square's left side lies on the scan, in pixels; below 0 where it goes beyond the scan.</param>
/// <param name="Top">Where its upper side lies on the scan, likewise.</param>
/// <param name="IsHead">Whether a head was found; else the square holds the whole scan.</param>
public sealed record FramedScan(Scan Scan, int Side, int Left, int Top, bool IsHead);

/// <summary>
/// What a network may see of a scan: the head. Writing, rulers, head holders and the size of the canvas tell a network
/// where an image comes from, and so what is on it, without a look at the brain; colour likewise. Training and inference
/// both go through here.
/// </summary>
public static class HeadFraming
{
    /// <summary>
    /// Cuts the head out as a square that its longer side fills: grey (the luma of ITU-R BT.601), black outside the
    /// head. Where no head is found the whole scan goes on, grey, in the middle of a black square.
    /// </summary>
    public static FramedScan Apply(Scan scan) => Apply(scan, HeadFinder.Find(scan));

    /// <summary>As <see cref="Apply(Scan)"/>, where the head was looked for before.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="head">Its head; null where none was found.</param>
    public static FramedScan Apply(Scan scan, HeadMask? head)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var (left, top, right, bottom) = head is null ? (0, 0, scan.Width, scan.Height) : Box(head);
        int width = right - left, height = bottom - top, side = Math.Max(width, height);
        var pixels = RgbPixel.Of(scan);
        var rgb = new byte[3 * width * height];
        var framed = MemoryMarshal.Cast<byte, RgbPixel>(rgb.AsSpan());
        var levels = scan.Levels is null ? null : new float[width * height];
        for (int y = 0; y < height; y++)
        {
            int first = ((top + y) * scan.Width) + left;
            var from = pixels.Slice(first, width);
            var to = framed.Slice(y * width, width);
            var inside = head is null ? [] : head.Inside.AsSpan(first, width);
            for (int x = 0; x < to.Length; x++)
            {
                if (head is not null && !inside[x]) continue;
                byte level = from[x].Luma;
                to[x] = new(level, level, level);
                if (levels is not null) levels[(y * width) + x] = scan.Levels![first + x];
            }
        }
        return new FramedScan(
            scan with { Width = width, Height = height, Rgb = rgb, Levels = levels },
            side, left - ((side - width) / 2), top - ((side - height) / 2), head is not null);
    }

    private static (int Left, int Top, int Right, int Bottom) Box(HeadMask head)
    {
        int left = head.Width, top = head.Height, right = 0, bottom = 0;
        for (int y = 0; y < head.Height; y++)
        {
            var row = head.Inside.AsSpan(y * head.Width, head.Width);
            int first = row.IndexOf(true);
            if (first < 0) continue;
            left = Math.Min(left, first);
            right = Math.Max(right, row.LastIndexOf(true) + 1);
            top = Math.Min(top, y);
            bottom = y + 1;
        }
        return (left, top, right, bottom);
    }
}
