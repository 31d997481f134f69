using System.Globalization;

namespace Gyrus.Inference.HeatMaps;

/// <summary>The range of a heat map's colours: from -<paramref name="Limit"/> to +<paramref name="Limit"/>.</summary>
/// <param name="Limit">In log-odds, above 0.</param>
public readonly record struct EvidenceScale(double Limit)
{
    /// <summary>The least limit: a map of next to nothing must not look like one of much.</summary>
    public const double Least = 0.1;

    private static readonly double[] Round = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

    /// <summary>The least range of round ends that holds all values of some maps, which can be compared by their colours then.</summary>
    /// <param name="maps">The maps.</param>
    public static EvidenceScale Of(params IEnumerable<EvidenceMap> maps)
    {
        double largest = maps.SelectMany(map => map.Values).Select(value => Math.Abs((double)value)).DefaultIfEmpty().Max();
        if (!(largest > Least)) return new EvidenceScale(Least);
        double power = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        // A hair of slack, so that 2.0000001 gives 2.
        return new EvidenceScale(power * Round.First(step => step * power * (1 + 1e-6) >= largest));
    }

    /// <summary>The bar's ticks from the top: value from -1 to 1, and the label in log-odds.</summary>
    public IEnumerable<(double Value, string Label)> Ticks()
    {
        double limit = Limit;
        return new[] { 1, 0.5, 0, -0.5, -1 }
            .Select(value => (value, (value * limit).ToString("+0.###;-0.###;0", CultureInfo.InvariantCulture)));
    }
}
