namespace Gyrus.Imaging;

/// <summary>A square cut out of a scan.</summary>
/// <param name="Scan">The square.</param>
/// <param name="Left">Where its left side lies on the scan, in pixels; below 0 where it goes beyond the scan.</param>
/// <param name="Top">Where its upper side lies on the scan, likewise.</param>
/// <param name="IsHead">Whether a head was found; else the square holds the whole scan.</param>
public sealed record FramedScan(Scan Scan, int Left, int Top, bool IsHead);

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
    public static FramedScan Apply(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var head = HeadFinder.Find(scan);
        var (left, top, right, bottom) = head is null ? (0, 0, scan.Width, scan.Height) : Box(head);
        int side = Math.Max(right - left, bottom - top);
        int x0 = left - ((side - (right - left)) / 2), y0 = top - ((side - (bottom - top)) / 2);
        var grey = GreyPicture.Of(scan).Pixels;
        var rgb = new byte[3 * side * side];
        for (int y = top; y < bottom; y++)
        {
            var row = rgb.AsSpan(3 * (((y - y0) * side) - x0 + left));
            for (int x = left; x < right; x++)
            {
                int i = (y * scan.Width) + x;
                if (head?.Inside[i] != false) row.Slice(3 * (x - left), 3).Fill(grey[i]);
            }
        }
        return new FramedScan(scan with { Width = side, Height = side, Rgb = rgb }, x0, y0, head is not null);
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
