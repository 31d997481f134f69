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

    /// <summary>The map over an image, smooth through the cells' centres and level beyond the outermost: cubic convolution, Keys 1981, "Cubic Convolution
    /// Interpolation for Digital Image Processing". What lies between two cells is then strongest there; a linear map is strongest at a centre always.</summary>
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
            for (int i = 0; i < Width; i++) row[i] = v.Mix(Values.AsSpan(i), Width);
            for (int x = 0; x < width; x++)
            {
                if (across[x] is { } u) image[(y * width) + x] = u.Mix(row, 1);
            }
        }
        return image;
    }

    /// <summary>For each pixel of an axis the cells about it; null outside the map.</summary>
    private static CellPlace?[] Places(double start, double length, int pixels, int cells) => [.. Enumerable.Range(0, pixels).Select(i =>
    {
        double share = (((i + 0.5) / pixels) - start) / length;
        return share is < 0 or > 1 ? null : CellPlace.At(Math.Clamp((share * cells) - 0.5, 0, cells - 1), cells);
    })];

    /// <summary>Four cells in a row, the outermost repeated at an end, and how much each counts.</summary>
    private sealed record CellPlace(int[] Cells, float[] Weights)
    {
        public static CellPlace At(double at, int cells)
        {
            int first = (int)at - 1;
            return new(
                [.. Enumerable.Range(first, 4).Select(cell => Math.Clamp(cell, 0, cells - 1))],
                [.. Enumerable.Range(first, 4).Select(cell => (float)Keys(Math.Abs(at - cell)))]);
        }

        public float Mix(ReadOnlySpan<float> values, int step)
        {
            float sum = 0;
            for (int i = 0; i < Cells.Length; i++) sum += Weights[i] * values[Cells[i] * step];
            return sum;
        }

        /// <summary>The kernel with a = -1/2, which is exact for parabolas.</summary>
        private static double Keys(double t) => t < 1 ? (((1.5 * t) - 2.5) * t * t) + 1 : t < 2 ? (((((-0.5 * t) + 2.5) * t) - 4) * t) + 2 : 0;
    }
}
