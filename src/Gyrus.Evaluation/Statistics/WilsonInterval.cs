namespace Gyrus.Evaluation.Statistics;

/// <summary>The interval of a share that was counted.</summary>
/// <remarks>Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.</remarks>
public static class WilsonInterval
{
    /// <summary>Computes the interval of 95 %.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="count">Of how many, 1 or more.</param>
    /// <returns>Its two ends, 0 to 1.</returns>
    public static (double Low, double High) Of(double share, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        const double z = 1.959964;
        double scale = 1 + z * z / count;
        double centre = (share + z * z / (2 * count)) / scale;
        double half = z * Math.Sqrt(share * (1 - share) / count + z * z / (4.0 * count * count)) / scale;
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
