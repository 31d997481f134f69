using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>How alike two pictures are where the one lies on the other.</summary>
/// <param name="Similarity">Mean correlation of small windows, the worst left out, 0 to 1.</param>
/// <param name="Overlap">Share of the structure of the one picture that lies on the other, 0 to 1.</param>
internal readonly record struct PixelAgreement(double Similarity, double Overlap)
{
    /// <summary>Share of the structure that may disagree: text that was burned in, a corner that was turned in.</summary>
    private const double LeftOut = 0.15;

    /// <summary>Share of the structure, the next worst, that the similarity is the mean of: what is best agrees on any
    /// two heads of a size.</summary>
    private const double Judged = 0.3;

    /// <summary>Windows with structure below which nothing can be said: a blank image is like any other.</summary>
    private const int LeastWindows = 30;

    /// <summary>Share of a window that must be neither black nor white. Skull and couch are white on a CT, so that their
    /// outlines say little, and alike on neighbouring slices.</summary>
    private const double LeastGrey = 0.5;

    /// <summary>Share of a window that must lie on the other picture.</summary>
    private const double LeastInside = 0.9;

    /// <summary>Grey levels of deviation that compression and resampling leave.</summary>
    private const double Noise = 2;

    /// <summary>Grey levels of deviation at which a window counts half of what the strongest edge does.</summary>
    private const double HalfWeight = 6;

    /// <summary>Compares two pictures window by window.</summary>
    /// <param name="first">The picture that is laid on the other.</param>
    /// <param name="second">The other.</param>
    /// <param name="map">Where the first's pixels lie on the second.</param>
    /// <param name="window">Pixels of a window's side; windows overlap by half.</param>
    /// <param name="greyOnly">Whether pixels that are black or white in either are left out, and a judgement is only made
    /// where enough is left.</param>
    public static PixelAgreement Of(GreyPicture first, GreyPicture second, Alignment map, int window, bool greyOnly)
    {
        var laid = Laid(first, second, map);
        var judged = new List<(double Correlation, double Weight)>();
        double all = 0, overlapping = 0;
        for (int top = 0; top + window <= first.Height; top += window / 2)
        {
            for (int left = 0; left + window <= first.Width; left += window / 2)
            {
                var sums = WindowSums.Of(first, laid, left, top, window, greyOnly);
                double structure = Weight(sums.WholeDeviation);
                all += structure;
                if (sums.Inside < LeastInside * window * window) continue;
                overlapping += structure;
                if (sums.Count < LeastGrey * window * window) continue;
                var (one, other, correlation) = sums.Correlate(Noise);
                double most = Math.Max(one, other);
                if (most >= Noise) judged.Add((correlation, Weight(most)));
            }
        }
        return judged.Count < (greyOnly ? LeastWindows : 1) ? default
            : new PixelAgreement(Similar(judged), all > 0 ? overlapping / all : 0);
    }

    /// <summary>The mean of the windows that are neither among the worst, which may be drawn over, nor among the
    /// best.</summary>
    private static double Similar(List<(double Correlation, double Weight)> windows)
    {
        windows.Sort((one, other) => one.Correlation.CompareTo(other.Correlation));
        double total = windows.Sum(window => window.Weight), seen = 0, kept = 0, sum = 0;
        foreach (var (correlation, weight) in windows)
        {
            seen += weight;
            if (seen <= LeftOut * total) continue;
            kept += weight;
            sum += correlation * weight;
            if (seen > (LeftOut + Judged) * total) break;
        }
        return Math.Clamp(sum / kept, 0, 1);
    }

    private static double Weight(double deviation) => deviation / (deviation + HalfWeight);

    /// <summary>The second picture as seen from the first: [Height, Width] of the first, NaN outside the second.</summary>
    private static float[] Laid(GreyPicture first, GreyPicture second, Alignment map)
    {
        var laid = new float[first.Width * first.Height];
        for (int y = 0, at = 0; y < first.Height; y++)
        {
            for (int x = 0; x < first.Width; x++, at++)
            {
                double atX = (map.XX * x) + (map.XY * y) + map.X0, atY = (map.YX * x) + (map.YY * y) + map.Y0;
                laid[at] = atX >= 0 && atY >= 0 && atX < second.Width - 1 && atY < second.Height - 1
                    ? Bilinear(second, atX, atY) : float.NaN;
            }
        }
        return laid;
    }

    private static float Bilinear(GreyPicture picture, double x, double y)
    {
        int left = (int)x, top = (int)y, at = (top * picture.Width) + left;
        float u = (float)(x - left), v = (float)(y - top);
        var p = picture.Pixels;
        float upper = p[at] + ((p[at + 1] - p[at]) * u);
        float lower = p[at + picture.Width] + ((p[at + picture.Width + 1] - p[at + picture.Width]) * u);
        return upper + ((lower - upper) * v);
    }
}
