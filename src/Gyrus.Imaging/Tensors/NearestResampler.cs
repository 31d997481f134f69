namespace Gyrus.Imaging;

/// <summary>Resizes RGB by taking, for each target pixel, the source pixel that its centre falls in.</summary>
internal static class NearestResampler
{
    /// <summary>Resizes a scan to a square; parameters as for <see cref="BilinearResampler.Resize"/>.</summary>
    public static void Resize(Scan scan, int size, Span<float> red, Span<float> green, Span<float> blue)
    {
        for (int y = 0, target = 0; y < size; y++)
        {
            int row = Source(y, scan.Height, size) * scan.Width;
            for (int x = 0; x < size; x++, target++)
            {
                int source = (row + Source(x, scan.Width, size)) * 3;
                red[target] = scan.Rgb[source];
                green[target] = scan.Rgb[source + 1];
                blue[target] = scan.Rgb[source + 2];
            }
        }
    }

    private static int Source(int target, int source, int size) =>
        Math.Min((int)((target + 0.5) * source / size), source - 1);
}
