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
        var picture = new byte[scan.Width * scan.Height];
        for (int i = 0, j = 0; i < picture.Length; i++, j += 3) picture[i] = (byte)((scan.Rgb[j] + 2 * scan.Rgb[j + 1] + scan.Rgb[j + 2]) >> 2);
        var box = HeadBox.Of(scan, head);
        var grid = HeadGrid.Of(picture, box, head?.Inside);
        var numbers = new List<float>(Count);
        float scale = HeadTissues.Append(grid, numbers);
        HeadShape.Append(grid, box, numbers);
        if (texture) HeadTexture.Append(picture, box, grid, scale, numbers);
        return [.. numbers];
    }
}
