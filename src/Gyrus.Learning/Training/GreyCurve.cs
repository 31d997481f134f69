namespace Gyrus.Learning.Training;

/// <summary>
/// A random curve of grey levels. Its knots lie between even steps of grey and even shares of the head's pixels, so that it bends as much in a
/// brain that has few grey levels beside a bright skull as in one that has all of them.
/// </summary>
internal sealed class GreyCurve
{
    private const int Levels = 256;
    private const int LeastKnots = 3;
    private const int MostKnots = 6;

    // Most curves keep the order of tissues, as gamma does between two scans of one sequence; the others are other sequences.
    private const double RisingShare = 0.4;
    private const double FallingShare = 0.25;

    private readonly double[] _knots;
    private readonly double _byShare;
    private readonly double _dark;
    private readonly double _bright;

    private GreyCurve(double[] knots, double byShare, double dark, double bright) =>
        (_knots, _byShare, _dark, _bright) = (knots, byShare, dark, bright);

    /// <summary>Draws a curve.</summary>
    /// <param name="keepsOrder">Whether it rises; else it may fall too, or turn.</param>
    /// <param name="random">Decides it.</param>
    public static GreyCurve Draw(bool keepsOrder, SeededRandom random)
    {
        var knots = new double[random.Next(LeastKnots, MostKnots + 1)];
        for (int i = 0; i < knots.Length; i++) knots[i] = random.NextDouble();
        double kind = keepsOrder ? 0 : random.NextDouble();
        if (kind < RisingShare + FallingShare) Array.Sort(knots);
        if (kind is >= RisingShare and < RisingShare + FallingShare) Array.Reverse(knots);
        double least = knots.Min(), range = Math.Max(knots.Max() - least, 0.2);
        return new GreyCurve(
            [.. knots.Select(knot => (knot - least) / range)], random.NextDouble(), 0.02 + (0.18 * random.NextDouble()), 0.6 + (0.4 * random.NextDouble()));
    }

    /// <summary>Maps the grey levels of a plane; black is not counted as one of the head's.</summary>
    /// <param name="plane">Takes 0 to 255.</param>
    public void Apply(Span<float> plane)
    {
        var levels = Mapped(plane);
        foreach (ref float pixel in plane)
        {
            float grey = Math.Clamp(pixel, 0, Levels - 1);
            int level = (int)grey;
            pixel = (Levels - 1) * (levels[level] + ((grey - level) * (levels[level + 1] - levels[level])));
        }
    }

    /// <summary>[257]: what each level from 0 to 256 becomes, from 0 to 1.</summary>
    private float[] Mapped(ReadOnlySpan<float> plane)
    {
        var below = new double[Levels + 1];
        foreach (float grey in plane) if (grey >= 1) below[Math.Min((int)grey, Levels - 1) + 1]++;
        for (int level = 1; level <= Levels; level++) below[level] += below[level - 1];
        double all = Math.Max(below[Levels], 1);
        var levels = new float[Levels + 1];
        for (int level = 0; level <= Levels; level++)
        {
            double place = (_byShare * below[level] / all) + ((1 - _byShare) * level / Levels);
            levels[level] = (float)(_dark + ((_bright - _dark) * At(place)));
        }
        return levels;
    }

    private double At(double place)
    {
        double at = place * (_knots.Length - 1);
        int left = Math.Min((int)at, _knots.Length - 2);
        // A cosine between two knots, so that no edge is made where there was none.
        double share = (1 - Math.Cos(Math.PI * (at - left))) / 2;
        return _knots[left] + (share * (_knots[left + 1] - _knots[left]));
    }
}
