using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Imaging.Acquisition;

/// <summary>
/// How a head was imaged, as numbers: the order of greys from rim to middle (which tells CT, T1, T2 and FLAIR apart), the outline (the plane,
/// skull and neck), the texture (noise, sharpness, resolution). They are made so that a lesion hardly moves them: whoever guesses the answer
/// from them has not looked for it. Greys are divided by the head's own bright parts, so that brightness and contrast change little.
/// </summary>
public static class AcquisitionColumns
{
    /// <summary>The names of the numbers, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. HeadTissues.Names, .. HeadShape.Names, .. HeadTexture.Names];

    /// <summary>How many numbers there are.</summary>
    public static int Count => Names.Count;

    /// <summary>How many of them, from the first, are of greys and the outline, and so of the sequence and the plane; the others are of the
    /// texture, and so of the scanner and of how its pictures were stored.</summary>
    public static int SequenceCount { get; } = HeadTissues.Names.Length + HeadShape.Names.Length;

    /// <summary>Computes the numbers. Safe to call from many threads at once.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="head">Its head; null where none was found, and the whole scan is taken for one.</param>
    /// <returns>[<see cref="Count"/>], all of them finite.</returns>
    public static float[] Of(Scan scan, HeadMask? head) => Of(scan, head, texture: true);

    /// <summary>Computes those of greys and the outline alone, by which kinds of image are told apart. Safe to call from many threads at once.</summary>
    /// <inheritdoc cref="Of(Scan, HeadMask?)" path="/param"/>
    /// <returns>[<see cref="SequenceCount"/>], all of them finite.</returns>
    public static float[] OfSequence(Scan scan, HeadMask? head) => Of(scan, head, texture: false);

    private static float[] Of(Scan scan, HeadMask? head, bool texture)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var box = HeadBox.Of(scan, head);
        var picture = Picture(scan, texture ? new HeadBox(0, 0, scan.Width, scan.Height, scan.Width, scan.Height) : box);
        var grid = HeadGrid.Of(picture, box, head?.Inside);
        var numbers = new List<float>(Count);
        float scale = HeadTissues.Append(grid, numbers);
        HeadShape.Append(grid, box, numbers);
        if (texture) HeadTexture.Append(picture, box, grid, scale, numbers);
        return [.. numbers];
    }

    /// <summary>The scan in grey, [pixels of the scan], where a box lies; the rest is of no use.</summary>
    private static byte[] Picture(Scan scan, HeadBox box)
    {
        var picture = new byte[scan.Width * scan.Height];
        var pixels = RgbPixel.Of(scan);
        for (int y = box.Top; y < box.Top + box.Height; y++)
        {
            var from = pixels.Slice((y * scan.Width) + box.Left, box.Width);
            var to = picture.AsSpan((y * scan.Width) + box.Left, box.Width);
            for (int x = 0; x < to.Length; x++) to[x] = (byte)((from[x].Red + (2 * from[x].Green) + from[x].Blue) >> 2);
        }
        return picture;
    }
}
