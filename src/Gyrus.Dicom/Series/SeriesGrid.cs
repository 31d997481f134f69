namespace Gyrus.Dicom.Series;

/// <summary>Where the voxels of a series lie when its slices are stacked into a volume.</summary>
/// <param name="Columns">Voxels along a row.</param>
/// <param name="Rows">Voxels along a column.</param>
/// <param name="Slices">Slices.</param>
/// <param name="Affine">[3, 4]: the place of voxel (column, row, slice) in millimetres to the right, to the front and up, as NIfTI has it; DICOM's own run to the left and to
/// the back: PS3.3 section C.7.6.2.1.1.</param>
public sealed record SeriesGrid(int Columns, int Rows, int Slices, double[,] Affine)
{
    // Of the way from slice to slice: positions are rounded to tenths of a millimetre by some scanners, and a slice that is missing puts others off by half of it.
    private const double MostOff = 0.05;

    // Millimetres: two slices that are nearer lie at one place.
    private const double OnePlace = 1e-3;

    /// <summary>The grid of a series, or why it is none, as the end of a sentence.</summary>
    /// <param name="series">The series; a single slice is one too.</param>
    public static (SeriesGrid? Grid, string? Fault) Of(DicomSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var (first, slices) = (series.First, series.Slices);
        if (first.ImageType.Contains("MOSAIC", StringComparer.OrdinalIgnoreCase)) return (null, "each of its images is a mosaic of many slices");
        if (slices.Any(slice => slice.Place is null)) return (null, "its images do not say where they lie");
        if (first.PixelSpacing is not { } pixel) return (null, "it does not say how large its pixels are");
        if (slices.Any(slice => slice.PixelSpacing is not { } other || Math.Abs(other.Row - pixel.Row) > OnePlace || Math.Abs(other.Column - pixel.Column) > OnePlace))
            return (null, "its pixels are not of one size");
        double[][] places = [.. slices.Select(slice => slice.Place!.Position.ToArray())];
        int together = places.Zip(places.Skip(1)).Count(pair => Length(Minus(pair.Second, pair.First)) < OnePlace);
        if (together > 0) return (null, FormattableString.Invariant($"{together} of its {slices.Count} images share a place with another, as those of several times or echoes do"));
        double[] step = slices.Count > 1 ? Times(Minus(places[^1], places[0]), 1.0 / (slices.Count - 1))
            : Times(Unit(first.Place!.Through), first.SliceSpacing ?? (first.Thickness is > 0 and var thickness ? thickness : 1));
        for (int i = 0; i < places.Length; i++)
        {
            if (Length(Minus(Minus(places[i], places[0]), Times(step, i))) <= MostOff * Length(step)) continue;
            double[] apart = [.. places.Zip(places.Skip(1)).Select(pair => Length(Minus(pair.Second, pair.First)))];
            return (null, FormattableString.Invariant($"its slices are not evenly spaced: they are from {apart.Min():0.##} to {apart.Max():0.##} mm apart, or stand aside"));
        }
        return (new(first.Size.Columns, first.Size.Rows, slices.Count, Placed(
            Times(Unit(first.Place!.Across), pixel.Column), Times(Unit(first.Place.Down), pixel.Row), step, places[0])), null);
    }

    private static double[,] Placed(params double[][] columns)
    {
        var affine = new double[3, 4];
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 4; column++) affine[row, column] = row < 2 ? -columns[column][row] : columns[column][row];
        }
        return affine;
    }

    private static double[] Minus(double[] a, double[] b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];

    private static double[] Times(double[] a, double by) => [a[0] * by, a[1] * by, a[2] * by];

    private static double[] Unit(IReadOnlyList<double> direction) => Times([.. direction], 1 / Length(direction));

    private static double Length(IReadOnlyList<double> a) => Math.Sqrt((a[0] * a[0]) + (a[1] * a[1]) + (a[2] * a[2]));
}
