namespace Gyrus.Data.Acquisition;

/// <summary>
/// How many clusters points have: the most that are found again. Both halves of the points are clustered, all points are given to the nearest
/// centre of the one and of the other, and both ways to part them are compared (Ben-Hur, Elisseeff and Guyon, "A stability based method for
/// discovering structure in clustered data", Pacific Symposium on Biocomputing 7, 2002).
/// </summary>
internal static class StableCount
{
    /// <summary>The most clusters.</summary>
    public const int Most = 8;

    /// <summary>The adjusted Rand index of two halves, on average, from which their clusters are the same ones for the most part.</summary>
    public const double Stable = 0.65;

    /// <summary>Fewer points are one cluster.</summary>
    public const int FewestPoints = 40;

    private const int Draws = 5;
    private const int LargestHalf = 2000;
    private const int Compared = 2000;

    /// <summary>The number of clusters, 1 or more.</summary>
    public static int Of(IReadOnlyList<float[]> points, int seed, CancellationToken cancellation)
    {
        if (points.Count < FewestPoints) return 1;
        for (int count = Math.Min(Most, points.Count / 10); count > 1; count--)
        {
            if (Enumerable.Range(0, Draws).Average(draw => Agree(points, count, unchecked(seed * 31 + draw), cancellation)) >= Stable) return count;
        }
        return 1;
    }

    private static double Agree(IReadOnlyList<float[]> points, int count, int seed, CancellationToken cancellation)
    {
        float[][] drawn = [.. points];
        new SeededRandom(seed).Shuffle(drawn);
        int half = Math.Min(drawn.Length / 2, LargestHalf);
        var one = KMeans.Fit(drawn[..half], count, seed, cancellation).Centres;
        var other = KMeans.Fit(drawn[half..(2 * half)], count, seed + 1, cancellation).Centres;
        var compared = drawn.Take(Compared).ToList();
        return Agreement.AdjustedRand(
            [.. compared.Select(point => KMeans.Nearest(point, one).Nearest)], [.. compared.Select(point => KMeans.Nearest(point, other).Nearest)]);
    }
}
