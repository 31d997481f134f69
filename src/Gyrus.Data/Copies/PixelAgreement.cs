using Gyrus.Imaging;

namespace Gyrus.Data;

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

    /// <summary>Grey levels of deviation that compression and resampling leave.</summary>
    private const double Noise = 2;

    /// <summary>Grey levels of deviation at which a window counts half of what the strongest edge does.</summary>
    private const double HalfWeight = 6;

    /// <summary>Compares two pictures window by window.</summary>
    public static PixelAgreement Of(GreyPicture first, GreyPicture second, Alignment map, int window, bool greyOnly)
    {
        int width = first.Width, height = first.Height;
        var laid = new float[width * height];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at++)
            {
                double atX = (map.XX * x) + (map.XY * y) + map.X0, atY = (map.YX * x) + (map.YY * y) + map.Y0;
                laid[at] = atX >= 0 && atY >= 0 && atX < second.Width - 1 && atY < second.Height - 1
                    ? Bilinear(second, atX, atY) : float.NaN;
            }
        }
        var windows = new List<(double Correlation, double Weight)>();
        double all = 0, overlapping = 0;
        for (int top = 0; top + window <= height; top += window / 2)
        {
            for (int left = 0; left + window <= width; left += window / 2)
            {
                double n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0, wa = 0, waa = 0;
                int inside = 0;
                for (int y = top; y < top + window; y++)
                {
                    for (int at = (y * width) + left; at < (y * width) + left + window; at++)
                    {
                        double p = first.Pixels[at], q = laid[at];
                        wa += p;
                        waa += p * p;
                        if (double.IsNaN(q)) continue;
                        inside++;
                        if (greyOnly && (IsClipped(p) || IsClipped(q))) continue;
                        n++;
                        a += p;
                        b += q;
                        aa += p * p;
                        bb += q * q;
                        ab += p * q;
                    }
                }
                int area = window * window;
                double structure = Deviation(waa, wa, area);
                structure /= structure + HalfWeight;
                all += structure;
                if (inside < 0.9 * area) continue;
                overlapping += structure;
                if (n < LeastGrey * area) continue;
                double va = Math.Pow(Deviation(aa, a, n), 2), vb = Math.Pow(Deviation(bb, b, n), 2);
                double covariance = (ab / n) - (a / n * (b / n));
                double most = Math.Sqrt(Math.Max(va, vb));
                if (most < Noise) continue;
                double correlation = covariance / Math.Sqrt(Math.Max(va, Noise * Noise) * Math.Max(vb, Noise * Noise));
                windows.Add((correlation, most / (most + HalfWeight)));
            }
        }
        if (windows.Count < (greyOnly ? LeastWindows : 1)) return default;
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
        return new PixelAgreement(Math.Clamp(sum / kept, 0, 1), all > 0 ? overlapping / all : 0);
    }

    private static bool IsClipped(double value) => value is < 4 or > 251;

    private static double Deviation(double squares, double sum, double n) =>
        Math.Sqrt(Math.Max(0, (squares / n) - (sum / n * (sum / n))));

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
