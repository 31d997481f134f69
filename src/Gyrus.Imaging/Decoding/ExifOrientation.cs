namespace Gyrus.Imaging.Decoding;

/// <summary>Turns pixels upright by the EXIF tag Orientation (EXIF 2.32, section 4.6.4, tag 0x0112).</summary>
internal static class ExifOrientation
{
    /// <summary>Turns and mirrors an image.</summary>
    /// <param name="rgb">[height, width, 3]; the result itself where nothing is to be done.</param>
    /// <param name="width">Pixels across as stored.</param>
    /// <param name="height">Pixels down as stored.</param>
    /// <param name="orientation">1 to 8; any other value counts as 1.</param>
    public static (byte[] Rgb, int Width, int Height) Upright(byte[] rgb, int width, int height, int orientation)
    {
        // Where the first pixel lies and how far the next is, across and down the upright image; in pixels.
        int last = width * height - 1;
        var (first, across, down) = orientation switch
        {
            2 => (width - 1, -1, width),
            3 => (last, -1, -width),
            4 => (last - (width - 1), 1, -width),
            5 => (0, width, 1),
            6 => (last - (width - 1), -width, 1),
            7 => (last, -width, -1),
            8 => (width - 1, width, -1),
            _ => (0, 1, width),
        };
        if (first == 0 && across == 1) return (rgb, width, height);

        var (uprightWidth, uprightHeight) = orientation >= 5 ? (height, width) : (width, height);
        var upright = GC.AllocateUninitializedArray<byte>(rgb.Length);
        int to = 0;
        for (int y = 0; y < uprightHeight; y++)
        {
            int from = first + y * down;
            for (int x = 0; x < uprightWidth; x++, from += across, to += 3)
                rgb.AsSpan(3 * from, 3).CopyTo(upright.AsSpan(to, 3));
        }
        return (upright, uprightWidth, uprightHeight);
    }
}
