namespace Gyrus.Samples;

/// <summary>A made-up tumour drawn into a real slice: a bright ring, a dark core, a halo.</summary>
internal static class Lesion
{
    /// <param name="slice">The slice; it is left as it is.</param>
    /// <param name="x">The centre across, as a share of the width.</param>
    /// <param name="y">The centre down, as a share of the height.</param>
    /// <param name="radius">The ring's radius, as a share of the width.</param>
    public static GrayImage Ring(GrayImage slice, double x, double y, double radius)
    {
        double centreX = x * slice.Width, centreY = y * slice.Height, size = radius * slice.Width;
        return GrayImage.Make(slice.Width, slice.Height, (column, row) =>
        {
            double before = slice.Values[(row * slice.Width) + column];
            double angle = Math.Atan2(row - centreY, column - centreX);
            double edge = size * (1 + (0.12 * Math.Sin(3 * angle)) + (0.07 * Math.Sin((5 * angle) + 1)));
            double distance = Math.Sqrt(((column - centreX) * (column - centreX)) + ((row - centreY) * (row - centreY))) / edge;
            double core = Smooth(0.80, 0.66, distance), ring = Smooth(1.08, 0.98, distance) - core;
            double halo = Smooth(1.9, 1.1, distance) - Smooth(1.08, 0.98, distance);
            return (before * (1 - core - ring)) + (core * (0.22 + (0.25 * before))) + (ring * 0.95) - (halo * 0.22 * before);
        });
    }

    /// <summary>From 0 at <paramref name="outer"/> to 1 at <paramref name="inner"/>.</summary>
    private static double Smooth(double outer, double inner, double value)
    {
        double share = Math.Clamp((outer - value) / (outer - inner), 0, 1);
        return share * share * (3 - (2 * share));
    }
}
