using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>Sums over a window of two pictures, from which their correlation follows.</summary>
/// <param name="Inside">Pixels that lie on both.</param>
/// <param name="Count">Those of them that are compared.</param>
/// <param name="WholeDeviation">Deviation of the first picture over the whole window.</param>
internal readonly record struct WindowSums(int Inside, int Count, double WholeDeviation)
{
    private const double Darkest = 4;
    private const double Lightest = 251;

    private double First { get; init; }

    private double Second { get; init; }

    private double FirstSquares { get; init; }

    private double SecondSquares { get; init; }

    private double Products { get; init; }

    /// <summary>Sums up a window.</summary>
    /// <param name="first">The one picture.</param>
    /// <param name="laid">The other, laid on it, of the same size; NaN where it ends.</param>
    /// <param name="left">The window's left.</param>
    /// <param name="top">The window's top.</param>
    /// <param name="side">Pixels of its side.</param>
    /// <param name="greyOnly">Whether pixels that are black or white in either are left out.</param>
    public static WindowSums Of(GreyPicture first, float[] laid, int left, int top, int side, bool greyOnly)
    {
        double a = 0, b = 0, aa = 0, bb = 0, ab = 0, whole = 0, wholeSquares = 0;
        int inside = 0, count = 0;
        for (int y = top; y < top + side; y++)
        {
            int start = (y * first.Width) + left;
            for (int at = start; at < start + side; at++)
            {
                double p = first.Pixels[at], q = laid[at];
                whole += p;
                wholeSquares += p * p;
                if (double.IsNaN(q)) continue;
                inside++;
                if (greyOnly && (p is < Darkest or > Lightest || q is < Darkest or > Lightest)) continue;
                count++;
                a += p;
                b += q;
                aa += p * p;
                bb += q * q;
                ab += p * q;
            }
        }
        return new WindowSums(inside, count, Deviation(wholeSquares, whole, side * side))
        {
            First = a,
            Second = b,
            FirstSquares = aa,
            SecondSquares = bb,
            Products = ab,
        };
    }

    /// <summary>The deviations of both and their correlation, -1 to 1.</summary>
    /// <param name="noise">A deviation below it counts as this: what is plain in one and not in the other does not
    /// agree.</param>
    public (double First, double Second, double Correlation) Correlate(double noise)
    {
        double one = Deviation(FirstSquares, First, Count), other = Deviation(SecondSquares, Second, Count);
        double covariance = (Products / Count) - (First / Count * (Second / Count));
        return (one, other, covariance / (Math.Max(one, noise) * Math.Max(other, noise)));
    }

    private static double Deviation(double squares, double sum, double count) =>
        Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
}
