using Gyrus.Imaging.Labels;

namespace Gyrus.Inference.HeatMaps;

/// <summary>
/// Where a network sees a tumour, or what a label says: cells that tile its square input. Positive speaks for it, negative against it.
/// </summary>
/// <param name="Width">Cells across.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Values">[Height, Width], row by row, in units of log-odds; what a cell's value means is the
/// method's (<see cref="HeatMapMethod"/>).</param>
public sealed record EvidenceMap(int Width, int Height, float[] Values)
{
    /// <summary>The label that it is of, against all others; null where it is of a tumour against the healthy.</summary>
    public ScanLabel? Label { get; init; }

    /// <summary>The map over an image, linear between the cells' centres and level beyond the outermost.</summary>
    /// <param name="area">The part of the image that the map covers.</param>
    /// <param name="width">The image's width in pixels.</param>
    /// <param name="height">The image's height in pixels.</param>
    /// <returns>[height, width], row by row; 0 outside the area.</returns>
    public float[] Over(ImageArea area, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        var across = Places(area.Left, area.Width, width, Width);
        var down = Places(area.Top, area.Height, height, Height);
        var image = new float[width * height];
        var row = new float[Width];
        for (int y = 0; y < height; y++)
        {
            if (down[y] is not { } v) continue;
            var upper = Values.AsSpan(v.First * Width, Width);
            var lower = Values.AsSpan(v.Second * Width, Width);
            for (int i = 0; i < Width; i++) row[i] = upper[i] + (v.Weight * (lower[i] - upper[i]));
            for (int x = 0; x < width; x++)
            {
                if (across[x] is { } u)
                    image[(y * width) + x] = row[u.First] + (u.Weight * (row[u.Second] - row[u.First]));
            }
        }
        return image;
    }

    /// <summary>For each pixel of an axis the two cells that it lies between and the share of the second; null outside
    /// the map.</summary>
    private static (int First, int Second, float Weight)?[] Places(double start, double length, int pixels, int cells) =>
        [.. Enumerable.Range(0, pixels).Select<int, (int, int, float)?>(i =>
        {
            double share = (((i + 0.5) / pixels) - start) / length;
            if (share is < 0 or > 1) return null;
            double at = Math.Clamp((share * cells) - 0.5, 0, cells - 1);
            int first = (int)at;
            return (first, Math.Min(first + 1, cells - 1), (float)(at - first));
        })];
}
