namespace Gyrus.Evaluation.Statistics;

/// <summary>
/// Right and wrong decisions between tumour and healthy, and the figures of a diagnostic test made from them (Altman
/// and Bland, "Diagnostic tests 1: sensitivity and specificity", BMJ 308, 1994). A figure without a scan to measure it
/// on is null.
/// </summary>
/// <param name="TruePositive">Tumours called tumour.</param>
/// <param name="FalseNegative">Tumours called healthy.</param>
/// <param name="TrueNegative">Healthy scans called healthy.</param>
/// <param name="FalsePositive">Healthy scans called tumour.</param>
public readonly record struct BinaryCounts(int TruePositive, int FalseNegative, int TrueNegative, int FalsePositive)
{
    /// <summary>Counts decisions: positive where the score is at least the threshold.</summary>
    /// <param name="scores">[N], larger means rather positive.</param>
    /// <param name="positives">[N]: whether each is positive in truth.</param>
    /// <param name="threshold">The smallest score that is called positive.</param>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    public static BinaryCounts At(
        ReadOnlySpan<double> scores,
        ReadOnlySpan<bool> positives,
        double threshold,
        ReadOnlySpan<int> weights = default)
    {
        if (scores.Length != positives.Length)
            throw new ArgumentException($"{scores.Length} scores but {positives.Length} truths", nameof(positives));

        int truePositive = 0;
        int falseNegative = 0;
        int trueNegative = 0;
        int falsePositive = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[i];
            bool called = scores[i] >= threshold;
            if (positives[i] && called) truePositive += weight;
            else if (positives[i]) falseNegative += weight;
            else if (called) falsePositive += weight;
            else trueNegative += weight;
        }
        return new(truePositive, falseNegative, trueNegative, falsePositive);
    }

    /// <summary>The share of tumours called tumour (recall of tumour), 0 to 1.</summary>
    public double? Sensitivity => Ratio(TruePositive, TruePositive + FalseNegative);

    /// <summary>The share of healthy scans called healthy, 0 to 1.</summary>
    public double? Specificity => Ratio(TrueNegative, TrueNegative + FalsePositive);

    /// <summary>The share of right decisions, 0 to 1.</summary>
    public double? Accuracy =>
        Ratio(TruePositive + TrueNegative, TruePositive + FalseNegative + TrueNegative + FalsePositive);

    /// <summary>The share of tumours among what is called tumour (precision), 0 to 1 (Altman and Bland, "Diagnostic tests 2: predictive
    /// values", BMJ 309, 1994). It rises with the share of tumours among the scans.</summary>
    public double? PositivePredictiveValue => Ratio(TruePositive, TruePositive + FalsePositive);

    /// <summary>The share of healthy scans among what is called healthy, 0 to 1; source as of <see cref="PositivePredictiveValue"/>.</summary>
    public double? NegativePredictiveValue => Ratio(TrueNegative, TrueNegative + FalseNegative);

    private static double? Ratio(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
