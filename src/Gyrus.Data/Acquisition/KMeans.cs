namespace Gyrus.Data.Acquisition;

/// <summary>
/// k-means with the starts of k-means++ (Arthur and Vassilvitskii, "k-means++: the advantages of careful seeding", SODA 2007) and Lloyd's
/// iterations, the best of several runs; the same seed gives the same clusters.
/// </summary>
internal static class KMeans
{
    private const int Starts = 4;
    private const int MostRounds = 60;

    /// <summary>Clusters points.</summary>
    /// <param name="points">[points][numbers]; at least <paramref name="count"/> that differ, else there are fewer clusters.</param>
    /// <param name="count">The number of clusters.</param>
    /// <param name="seed">The same seed gives the same clusters.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static Clusters Fit(IReadOnlyList<float[]> points, int count, int seed, CancellationToken cancellation)
    {
        var runs = new Clusters[Starts];
        Parallel.For(0, Starts, new ParallelOptions { CancellationToken = cancellation },
            start => runs[start] = Once(points, count, new SeededRandom(unchecked(seed * 7919 + start))));
        return runs.MinBy(run => run.Within)!;
    }

    /// <summary>The centre nearest to a point, and its squared distance.</summary>
    public static (int Nearest, double Distance) Nearest(float[] point, IReadOnlyList<float[]> centres)
    {
        var best = (Nearest: 0, Distance: double.PositiveInfinity);
        for (int k = 0; k < centres.Count; k++)
        {
            double distance = Distance(point, centres[k]);
            if (distance < best.Distance) best = (k, distance);
        }
        return best;
    }

    /// <summary>The squared distance of two points.</summary>
    public static double Distance(float[] one, float[] other)
    {
        double sum = 0;
        for (int j = 0; j < one.Length; j++)
        {
            double apart = one[j] - other[j];
            sum += apart * apart;
        }
        return sum;
    }

    private static Clusters Once(IReadOnlyList<float[]> points, int count, SeededRandom random)
    {
        var centres = Seeds(points, count, random);
        var nearest = new int[points.Count];
        double within = double.PositiveInfinity;
        for (int round = 0; round < MostRounds; round++)
        {
            double sum = 0;
            for (int i = 0; i < nearest.Length; i++)
            {
                (nearest[i], double distance) = Nearest(points[i], centres);
                sum += distance;
            }
            if (sum >= within) break;
            within = sum;
            Move(points, nearest, centres);
        }
        return new Clusters(centres, nearest, within);
    }

    private static float[][] Seeds(IReadOnlyList<float[]> points, int count, SeededRandom random)
    {
        List<float[]> centres = [[.. points[random.Next(points.Count)]]];
        var far = points.Select(point => Distance(point, centres[0])).ToArray();
        while (centres.Count < count)
        {
            double drawn = random.NextDouble() * far.Sum();
            int pick = 0;
            for (double sum = far[0]; sum <= drawn && pick < far.Length - 1; sum += far[pick]) pick++;
            if (far[pick] == 0) break;
            centres.Add([.. points[pick]]);
            for (int i = 0; i < far.Length; i++) far[i] = Math.Min(far[i], Distance(points[i], centres[^1]));
        }
        return [.. centres];
    }

    private static void Move(IReadOnlyList<float[]> points, int[] nearest, float[][] centres)
    {
        var sums = Array.ConvertAll(centres, centre => new double[centre.Length]);
        var counts = new int[centres.Length];
        for (int i = 0; i < nearest.Length; i++)
        {
            counts[nearest[i]]++;
            for (int j = 0; j < points[i].Length; j++) sums[nearest[i]][j] += points[i][j];
        }
        for (int k = 0; k < centres.Length; k++)
        {
            // One that lost all its points stays where it is.
            if (counts[k] > 0) centres[k] = Array.ConvertAll(sums[k], sum => (float)(sum / counts[k]));
        }
    }
}

/// <summary>Clusters of points.</summary>
/// <param name="Centres">[clusters][numbers].</param>
/// <param name="Of">[points]: the cluster of each.</param>
/// <param name="Within">The sum of the squared distances from points to their centres.</param>
internal sealed record Clusters(float[][] Centres, int[] Of, double Within);
