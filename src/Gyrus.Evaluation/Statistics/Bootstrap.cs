namespace Gyrus.Evaluation.Statistics;

/// <summary>Calculates figures over weighted scans.</summary>
/// <param name="weights">[N]: how often each scan counts.</param>
/// <param name="figures">[F]: filled in; NaN where a figure is not defined.</param>
public delegate void FigureCalculation(ReadOnlySpan<int> weights, Span<double> figures);

/// <summary>
/// Percentile bootstrap intervals (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993,
/// chapter 13). Groups are drawn with replacement, as many as there are, and each brings all its scans: a resample is
/// the number of times that each scan was drawn. All figures come from the same resamples.
/// </summary>
public static class Bootstrap
{
    /// <summary>Calculates the figures and their intervals.</summary>
    /// <param name="groups">[N]: scans with the same number are drawn together, such as those of one patient; a number
    /// of its own for each where they are independent.</param>
    /// <param name="figures">How many figures are calculated.</param>
    /// <param name="calculate">Called for all scans once each and then for each resample, on several threads at
    /// once.</param>
    /// <param name="options">Resamples, level and seed.</param>
    /// <returns>[F]. An interval is made of the resamples where its figure is defined.</returns>
    /// <exception cref="GyrusException">An option is outside its range.</exception>
    public static Figure[] Run(
        IReadOnlyList<int> groups, int figures, FigureCalculation calculate, BootstrapOptions options)
    {
        options.Check();
        var (member, groupCount) = Numbered(groups);
        var resampled = new double[figures][]; // [F, resamples]
        for (int f = 0; f < figures; f++) resampled[f] = new double[options.Resamples];

        Parallel.For(
            0,
            options.Resamples,
            () => (Drawn: new int[groupCount], Weights: new int[member.Length], Figures: new double[figures]),
            (resample, _, buffers) =>
            {
                Draw(SplitMix64.ForStream(options.Seed, resample), buffers.Drawn);
                for (int i = 0; i < member.Length; i++) buffers.Weights[i] = buffers.Drawn[member[i]];
                calculate(buffers.Weights, buffers.Figures);
                for (int f = 0; f < figures; f++) resampled[f][resample] = buffers.Figures[f];
                return buffers;
            },
            _ => { });

        var once = new int[member.Length];
        Array.Fill(once, 1);
        var values = new double[figures];
        calculate(once, values);
        return [.. values.Select((value, f) => WithInterval(value, resampled[f], options.Level))];
    }

    private static (int[] Member, int Count) Numbered(IReadOnlyList<int> groups)
    {
        var numbers = new Dictionary<int, int>();
        var member = new int[groups.Count];
        for (int i = 0; i < member.Length; i++)
        {
            if (!numbers.TryGetValue(groups[i], out member[i])) numbers[groups[i]] = member[i] = numbers.Count;
        }
        return (member, numbers.Count);
    }

    private static void Draw(SplitMix64 random, int[] drawn)
    {
        Array.Clear(drawn);
        for (int i = 0; i < drawn.Length; i++) drawn[random.Below(drawn.Length)]++;
    }

    private static Figure WithInterval(double value, double[] resampled, double level)
    {
        if (double.IsNaN(value)) return new(null, null, null);
        var defined = resampled.Where(x => !double.IsNaN(x)).ToArray();
        if (defined.Length == 0) return new(value, null, null);
        Array.Sort(defined);
        return new(value, Quantile(defined, (1 - level) / 2), Quantile(defined, (1 + level) / 2));
    }

    /// <summary>
    /// A quantile by linear interpolation (Hyndman and Fan, "Sample quantiles in statistical packages", The American
    /// Statistician 50(4), 1996, definition 7).
    /// </summary>
    /// <param name="sorted">At least one value, rising.</param>
    /// <param name="share">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
