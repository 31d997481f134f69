namespace Gyrus.Models.Trust;

/// <summary>One slice of a series, for what the series says.</summary>
/// <param name="Along">Millimetres through the head; null where it is not known, so that the slice stands for itself.</param>
/// <param name="LogOdds">The calibrated log-odds of a tumour on the slice.</param>
public readonly record struct PlacedAnswer(double? Along, double LogOdds)
{
    // Nearer to 0 and 1 a float32 probability says nothing.
    private const double Nearest = 1e-7;

    /// <summary>Of a probability, whose log-odds stay finite at 0 and 1.</summary>
    /// <param name="along">As <see cref="Along"/>.</param>
    /// <param name="probability">The calibrated probability of a tumour, 0 to 1.</param>
    public static PlacedAnswer Of(double? along, double probability)
    {
        double inside = Math.Clamp(probability, Nearest, 1 - Nearest);
        return new(along, Math.Log(inside / (1 - inside)));
    }
}

/// <summary>
/// What the slices of a series say together. A lesion takes up some millimetres, so that slices within a <see cref="Window"/> are one witness: the mean of their
/// log-odds. A tumour lies in one place, each equally likely before the image is seen, which makes the likelihood ratio of the series the mean of
/// the ratios over places (the average likelihood ratio of a scan statistic: Gangnon and Clayton 2001, "A weighted average likelihood ratio test for spatial clustering
/// of disease"). In that mean a small tumour drowns in a whole head, since the ratios of clean places are not as low as they should be: it is the mean of
/// their <see cref="Sharpness"/>th powers instead. Neither thinner slices nor more of them raise it, as they raise a maximum: each place without a tumour lowers the mean.
/// </summary>
public static class SeriesPooling
{
    /// <summary>Millimetres of head that are one witness: three slices of the usual 5 mm.</summary>
    public const double Window = 15;

    /// <summary>The power whose mean is taken: 1 would be the plain mean, and very large ones the maximum.</summary>
    public const double Sharpness = 2;

    /// <summary>Of a slice's head, the share of the largest one in its series below which the slice does not count: the vertex and the neck are unlike the slices that
    /// networks are trained on, and called tumours oftener.</summary>
    public const double LeastCrossSection = 0.5;

    /// <summary>The log-odds of a series, before they are calibrated.</summary>
    /// <param name="slices">The slices that were accepted; at least one.</param>
    public static double Pool(IReadOnlyList<PlacedAnswer> slices) => LogMean([.. Places(slices).Select(odds => Sharpness * odds)]) / Sharpness;

    /// <summary>The log-odds of the place around each slice.</summary>
    /// <param name="slices">The slices.</param>
    /// <returns>[N]: the mean of the slices within half a <see cref="Window"/>.</returns>
    public static double[] Places(IReadOnlyList<PlacedAnswer> slices)
    {
        ArgumentNullException.ThrowIfNull(slices);
        return [.. slices.Select(slice => slice.Along is not { } place ? slice.LogOdds
            : slices.Where(other => other.Along is { } along && Math.Abs(along - place) <= Window / 2).Average(other => other.LogOdds))];
    }

    /// <summary>The logarithm of the mean of likelihood ratios that are given by their logarithms: of places in a series, and of series in a study, any of which may
    /// be the one that shows a tumour.</summary>
    /// <param name="logOdds">At least one.</param>
    public static double LogMean(IReadOnlyCollection<double> logOdds)
    {
        double largest = logOdds.Max();
        return largest + Math.Log(logOdds.Average(value => Math.Exp(value - largest)));
    }
}
