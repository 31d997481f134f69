
namespace Gyrus.Evaluation.Statistics;

/// <summary>
/// Confidences and what came true, sorted once, so that thousands of resamples cost one pass each and no sort.
/// </summary>
public sealed class Calibration
{
    private readonly int[] _order;          // [N], indices by rising confidence
    private readonly double[] _confidences; // [N], in that order
    private readonly bool[] _outcomes;      // [N], in that order

    /// <summary>Sorts the confidences.</summary>
    /// <param name="confidences">[N], each 0 to 1; no NaN.</param>
    /// <param name="outcomes">[N]: whether each came true.</param>
    public Calibration(ReadOnlySpan<double> confidences, ReadOnlySpan<bool> outcomes)
    {
        if (confidences.Length != outcomes.Length)
        {
            throw new ArgumentException(
                $"{confidences.Length} confidences but {outcomes.Length} outcomes", nameof(outcomes));
        }

        _order = new int[confidences.Length];
        for (int i = 0; i < _order.Length; i++) _order[i] = i;
        _confidences = confidences.ToArray();
        Array.Sort(_confidences, _order);
        _outcomes = new bool[outcomes.Length];
        for (int i = 0; i < _order.Length; i++) _outcomes[i] = outcomes[_order[i]];
    }

    /// <summary>The expected calibration error of confidences that are needed once.</summary>
    /// <param name="confidences">[N], each 0 to 1; no NaN.</param>
    /// <param name="outcomes">[N]: whether each came true.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    public static double? ExpectedError(ReadOnlySpan<double> confidences, ReadOnlySpan<bool> outcomes, int bins) =>
        new Calibration(confidences, outcomes).ExpectedError(bins);

    /// <summary>
    /// The expected calibration error, 0 to 1: the mean distance between a bin's confidence and its share of outcomes,
    /// weighted by the bin's size (Naeini, Cooper and Hauskrecht, "Obtaining well calibrated probabilities using
    /// Bayesian binning", AAAI 2015; Guo et al., "On calibration of modern neural networks", ICML 2017).
    /// The bins are those of <see cref="Bins"/>. Noise inside the bins makes it too large rather than too small, and
    /// in resamples more so: its bootstrap interval lies high. Null without a scan.
    /// </summary>
    /// <param name="bins">How many bins, at least 1.</param>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    public double? ExpectedError(int bins, ReadOnlySpan<int> weights = default)
    {
        double gaps = 0;
        int all = 0;
        foreach (var bin in Bins(bins, weights))
        {
            gaps += bin.Count * Math.Abs(bin.Confidence - bin.Observed);
            all += bin.Count;
        }
        return all == 0 ? null : gaps / all;
    }

    /// <summary>
    /// Bins of equal mass (Nguyen and O'Connor, "Posterior calibration and exploratory analysis for natural language
    /// processing models", EMNLP 2015). Equal confidences stay in one bin, the one that their middle falls
    /// in, so that the result does not depend on the order of the scans.
    /// </summary>
    /// <param name="bins">How many bins, at least 1; fewer come back where ties or few scans leave some empty.</param>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    /// <returns>The bins that hold a scan, by rising confidence.</returns>
    public IReadOnlyList<ReliabilityBin> Bins(int bins, ReadOnlySpan<int> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        long all = 0;
        for (int i = 0; i < _order.Length; i++) all += weights.IsEmpty ? 1 : weights[_order[i]];

        var filled = new List<ReliabilityBin>(bins);
        long current = -1;
        long before = 0;
        int count = 0;
        int came = 0;
        double confidence = 0;
        for (int start = 0; start < _order.Length;)
        {
            int tied = 0;
            int tiedCame = 0;
            int end = start;
            for (; end < _order.Length && _confidences[end] == _confidences[start]; end++)
            {
                int weight = weights.IsEmpty ? 1 : weights[_order[end]];
                tied += weight;
                if (_outcomes[end]) tiedCame += weight;
            }
            if (tied > 0)
            {
                long bin = (2 * before + tied) * bins / (2 * all);
                if (bin != current && count > 0)
                {
                    filled.Add(new(count, confidence / count, (double)came / count));
                    (count, came, confidence) = (0, 0, 0);
                }
                current = bin;
                before += tied;
                count += tied;
                came += tiedCame;
                confidence += tied * _confidences[start];
            }
            start = end;
        }
        if (count > 0) filled.Add(new(count, confidence / count, (double)came / count));
        return filled;
    }
}

/// <summary>Scans of like confidence.</summary>
/// <param name="Count">How many scans.</param>
/// <param name="Confidence">Their mean confidence, 0 to 1.</param>
/// <param name="Observed">The share of them that came true, 0 to 1.</param>
public readonly record struct ReliabilityBin(int Count, double Confidence, double Observed);
