namespace Gyrus.Imaging.HeadRegion;

/// <summary>Which pixels of a scan are head, with a small margin and without holes.</summary>
/// <param name="Width">Pixels across, the scan's.</param>
/// <param name="Height">Pixels down, the scan's.</param>
/// <param name="Inside">[Height, Width], row by row: whether the pixel belongs to the head.</param>
public sealed record HeadMask(int Width, int Height, bool[] Inside)
{
    /// <summary>Share of the pixels that are head, 0 to 1.</summary>
    public double Share => (double)Inside.AsSpan().Count(true) / Inside.Length;
}
