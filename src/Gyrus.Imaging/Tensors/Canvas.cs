using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Imaging.Tensors;

/// <summary>A black rectangle that a scan lies on, so that padding need not be in memory to be resampled.</summary>
/// <param name="Width">Pixels across, at least <paramref name="Left"/> and the scan's width together.</param>
/// <param name="Height">Pixels down, likewise.</param>
/// <param name="Left">Black columns left of the scan.</param>
/// <param name="Top">Black rows above the scan.</param>
internal readonly record struct Canvas(int Width, int Height, int Left, int Top)
{
    /// <summary>The canvas that a scan fills.</summary>
    public static Canvas Of(Scan scan) => new(scan.Width, scan.Height, 0, 0);

    /// <summary>The square around a head, on which what is seen of the scan lies in the middle.</summary>
    public static Canvas Of(FramedScan framed) => new(
        framed.Side, framed.Side, (framed.Side - framed.Scan.Width) / 2, (framed.Side - framed.Scan.Height) / 2);
}
