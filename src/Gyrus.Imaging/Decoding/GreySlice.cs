using Gyrus.Dicom.Display;

namespace Gyrus.Imaging.Decoding;

/// <summary>A grey image in the units of its modality, as a scanner made it.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Values">[Height, Width]: the values, such as Hounsfield units.</param>
/// <param name="RowSpacing">Millimetres from row to row; 1 where only the ratio or nothing is known.</param>
/// <param name="ColumnSpacing">Millimetres from column to column.</param>
/// <param name="IsInverted">Whether the lowest value is white.</param>
/// <param name="Window">The window that the file gives; null where it gives none.</param>
/// <param name="IsCt">Whether values are Hounsfield units.</param>
/// <param name="Format">The name of the file's format: <c>dicom</c> or <c>nifti</c>.</param>
public sealed record GreySlice(
    int Width, int Height, float[] Values, double RowSpacing, double ColumnSpacing, bool IsInverted, GreyWindow? Window, bool IsCt, string Format)
{
    private const double Black = 0.01, White = 0.99;

    // Of the range of a slice's values: air and its noise are below.
    private const double AirShare = 0.1;

    /// <summary>The unit of values, such as <c>HU</c>; empty where it is not known.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The slope and intercept that made whole numbers values; null where values come of a table or were no whole numbers.</summary>
    public (double Slope, double Intercept)? Scale { get; init; }

    /// <summary>The slice as it is displayed: through a window, its pixels made square.</summary>
    /// <param name="wanted">The window; null for the file's own, else that of a brain for CT, else from the 1st to the 99th percentile of what is brighter than air.</param>
    public Scan ToScan(GreyWindow? wanted = null)
    {
        var window = wanted ?? Window ?? (IsCt ? GreyWindow.Parse("brain") : OfForeground());
        return SquarePixels.Of(Scan.OfLevels(Width, Height, Format, window.Levels(Values, IsInverted)), RowSpacing, ColumnSpacing);
    }

    /// <summary>From the 1st to the 99th percentile of what is brighter than air.</summary>
    private GreyWindow OfForeground()
    {
        var ranks = new RankedValues(Values);
        if (ranks.Count == 0) return new(0, 1);
        var all = Between(ranks, 0);
        int dark = ranks.CountUpTo(all.Centre - (all.Width / 2) + (AirShare * all.Width));
        return dark == ranks.Count ? all : Between(ranks, dark);
    }

    /// <summary>From the 1st to the 99th percentile of values but the lowest.</summary>
    private static GreyWindow Between(RankedValues ranks, int without)
    {
        int last = ranks.Count - without - 1;
        var (black, white) = ranks.At(without + (int)(Black * last), without + (int)Math.Ceiling(White * last));
        return GreyWindow.Between(black, white);
    }
}
