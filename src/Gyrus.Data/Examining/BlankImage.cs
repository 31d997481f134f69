using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Examining;

/// <summary>Tells images that show next to nothing.</summary>
public static class BlankImage
{
    /// <summary>The standard deviation of the greys, of 255, below which nothing can be seen.</summary>
    public const double LeastSpread = 2;

    /// <summary>Whether the greys of a scan, (R + 2 G + B) / 4, hardly differ.</summary>
    public static bool Is(Scan scan)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var rgb = scan.Rgb;
        long sum = 0, squares = 0;
        for (int i = 0; i + 2 < rgb.Length; i += 3)
        {
            int grey = (rgb[i] + (2 * rgb[i + 1]) + rgb[i + 2]) >> 2;
            sum += grey;
            squares += grey * grey;
        }
        double pixels = rgb.Length / 3, mean = sum / pixels;
        return (squares / pixels) - (mean * mean) < LeastSpread * LeastSpread;
    }
}
