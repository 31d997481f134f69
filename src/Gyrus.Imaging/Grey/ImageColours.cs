using Gyrus.Imaging.Decoding;

namespace Gyrus.Imaging.Grey;

/// <summary>How much colour an image has.</summary>
public static class ImageColours
{
    /// <summary>The chroma above which an image is taken for a photograph: scans have less, see <see cref="Chroma"/>.</summary>
    public const double MostChroma = 20;

    /// <summary>
    /// The mean over the pixels of the largest of R, G and B less the smallest, 0 (grey) to 255. Of every third scan of
    /// the published set 98 in 100 have less than 0.01 and 999 in 1,000 less than 16; two photographs have 31 and 65.
    /// </summary>
    public static double Chroma(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        if (scan.Levels is not null) return 0;
        var rgb = scan.Rgb;
        long sum = 0;
        for (int i = 0; i + 2 < rgb.Length; i += 3)
        {
            var (red, green, blue) = (rgb[i], rgb[i + 1], rgb[i + 2]);
            sum += Math.Max(red, Math.Max(green, blue)) - Math.Min(red, Math.Min(green, blue));
        }
        return (double)sum / (rgb.Length / 3);
    }
}
