using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Inference.HeatMaps;

/// <summary>A part of an image, in shares of the image's sides: the whole is 0, 0, 1, 1. It may reach beyond the image,
/// as where the network sees it with a border around.</summary>
/// <param name="Left">Its left side, 0 at the image's left.</param>
/// <param name="Top">Its upper side, 0 at the image's top.</param>
/// <param name="Width">Its width, above 0.</param>
/// <param name="Height">Its height, above 0.</param>
public readonly record struct ImageArea(double Left, double Top, double Width, double Height)
{
    /// <summary>The whole image.</summary>
    public static ImageArea Whole { get; } = new(0, 0, 1, 1);

    /// <summary>The part of a scan that a square was cut out of.</summary>
    /// <param name="framed">The square.</param>
    /// <param name="scan">The scan.</param>
    public static ImageArea Of(FramedScan framed, Scan scan)
    {
        ArgumentNullException.ThrowIfNull(framed);
        ArgumentNullException.ThrowIfNull(scan);
        double width = scan.Width, height = scan.Height;
        return new ImageArea(
            framed.Left / width, framed.Top / height, framed.Side / width, framed.Side / height);
    }
}
