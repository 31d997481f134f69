using Gyrus.Imaging;

namespace Gyrus.Inference.HeatMaps;

/// <summary>A part of an image, in shares of the image's sides: the whole is 0, 0, 1, 1. It may reach beyond the image,
/// as where the network sees it with a border around.</summary>
/// <param name="Left">Its left side, 0 at the image's left.</param>
/// <param name="Top">Its upper side, 0 at the image's top.</param>
/// <param name="Width">Its width, above 0.</param>
/// <param name="Height">Its height, above 0.</param>
public readonly record struct ImageArea(double Left, double Top, double Width, double Height)
{
    /// <summary>The part of a scan that fills the network's square. All that lays maps over images asks here.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="preprocessing">How it becomes the network's input.</param>
    public static ImageArea SeenBy(Preprocessing preprocessing, Scan scan)
    {
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentNullException.ThrowIfNull(scan);
        if (preprocessing.Framing == Framing.Whole) return new ImageArea(0, 0, 1, 1);
        var framed = HeadFraming.Apply(scan);
        double width = scan.Width, height = scan.Height;
        return new ImageArea(
            framed.Left / width, framed.Top / height, framed.Scan.Width / width, framed.Scan.Height / height);
    }
}
