using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Imaging.Tensors;

namespace Gyrus.Learning.Training;

/// <summary>Outlines of lesions, brought to the square that their scans are brought to.</summary>
internal static class LesionOutline
{
    /// <summary>The outline of a scan's lesion.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="row">The scan's row.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="preprocessing">How the scan is brought to a square.</param>
    /// <returns>[Size, Size]: 255 on the lesion, 0 elsewhere; null where the manifest names no outline, or nothing is drawn on it.</returns>
    /// <exception cref="ScanException">The outline cannot be read, or has another size than the scan.</exception>
    public static byte[]? Read(Manifest manifest, ManifestRow row, Scan scan, Preprocessing preprocessing)
    {
        if (ManifestMasks.Read(manifest, row, scan) is not { } lesion) return null;
        var square = Square(scan, preprocessing.Framing);
        return Framed(lesion, scan, square, preprocessing.Size);
    }

    private static (double Left, double Top, double Width, double Height) Square(Scan scan, Framing framing)
    {
        if (framing == Framing.Whole) return (0, 0, scan.Width, scan.Height);
        var framed = HeadFraming.Apply(scan);
        return (framed.Left, framed.Top, framed.Side, framed.Side);
    }

    private static byte[]? Framed(bool[] lesion, Scan scan, (double Left, double Top, double Width, double Height) square, int size)
    {
        var outline = new byte[size * size];
        bool any = false;
        for (int y = 0; y < size; y++)
        {
            int fromY = (int)Math.Floor(square.Top + ((y + 0.5) * square.Height / size));
            for (int x = 0; x < size; x++)
            {
                int fromX = (int)Math.Floor(square.Left + ((x + 0.5) * square.Width / size));
                if ((uint)fromX >= (uint)scan.Width || (uint)fromY >= (uint)scan.Height || !lesion[(fromY * scan.Width) + fromX]) continue;
                outline[(y * size) + x] = 255;
                any = true;
            }
        }
        return any ? outline : null;
    }
}
