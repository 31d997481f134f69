using NetVips;

namespace Gyrus.Imaging.Decoding;

/// <summary>Gives a scan whose pixels are not square the proportions of the head.</summary>
internal static class SquarePixels
{
    // A hundredth is less than a pixel at the sizes that networks see.
    private const double Same = 0.01;
    private const double Most = 20;

    /// <summary>Stretches the side whose pixels are larger.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="rowSpacing">Millimetres from row to row.</param>
    /// <param name="columnSpacing">Millimetres from column to column.</param>
    public static Scan Of(Scan scan, double rowSpacing, double columnSpacing)
    {
        double ratio = rowSpacing / columnSpacing;
        if (!double.IsFinite(ratio) || ratio is < 1 / Most or > Most || Math.Abs(ratio - 1) < Same) return scan;
        VipsLibrary.EnsureReady();
        using var image = scan.Levels is { } levels ? Image.NewFromMemory(levels, scan.Width, scan.Height, 1, Enums.BandFormat.Float)
            : Image.NewFromMemory(scan.Rgb, scan.Width, scan.Height, 3, Enums.BandFormat.Uchar);
        using var square = image.Resize(Math.Max(1, 1 / ratio), vscale: Math.Max(1, ratio), kernel: Enums.Kernel.Linear);
        return scan.Levels is null ? scan with { Width = square.Width, Height = square.Height, Rgb = square.WriteToMemory<byte>() }
            : Scan.OfLevels(square.Width, square.Height, scan.Format, square.WriteToMemory<float>());
    }
}
