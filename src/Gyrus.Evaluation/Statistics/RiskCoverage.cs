namespace Gyrus.Evaluation.Statistics;

/// <summary>
/// What a model gains by answering only where it is sure: the share of answers against the share of wrong ones among them, the surest first
/// (El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010; Geifman and El-Yaniv, "Selective
/// classification for deep neural networks", NeurIPS 2017). Answers that are equally sure come together.
/// </summary>
public sealed class RiskCoverage
{
    private readonly int[] _order; // [N], the surest first
    private readonly bool[] _wrong; // [N], in that order
    private readonly bool[] _ends; // [N]: whether the next one is less sure

    /// <summary>Orders the answers.</summary>
    /// <param name="confidences">[N]: how sure each is.</param>
    /// <param name="wrong">[N]: whether each is wrong.</param>
    public RiskCoverage(IReadOnlyList<double> confidences, IReadOnlyList<bool> wrong)
    {
        ArgumentNullException.ThrowIfNull(confidences);
        ArgumentNullException.ThrowIfNull(wrong);
        if (confidences.Count != wrong.Count) throw new ArgumentException($"{confidences.Count} confidences but {wrong.Count} answers", nameof(wrong));
        _order = [.. Enumerable.Range(0, confidences.Count).OrderByDescending(i => confidences[i])];
        _wrong = [.. _order.Select(i => wrong[i])];
        _ends = [.. _order.Select((one, i) => i == _order.Length - 1 || confidences[one] > confidences[_order[i + 1]])];
    }

    /// <summary>The curve: after each degree of sureness, the share answered and the share wrong among those.</summary>
    public IReadOnlyList<RiskPoint> Curve()
    {
        var points = new List<RiskPoint>();
        int wrong = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            if (_wrong[i]) wrong++;
            if (_ends[i]) points.Add(new RiskPoint((i + 1.0) / _order.Length, wrong / (i + 1.0)));
        }
        return points;
    }

    /// <summary>The area under the curve: the mean, over all numbers of answers, of the share wrong among the surest so many, where those that are
    /// equally sure are in any order. 0 to 1, less is better; null without an answer.</summary>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    public double? Area(ReadOnlySpan<int> weights = default)
    {
        double sum = 0;
        int answered = 0, wrong = 0, more = 0, moreWrong = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[_order[i]];
            more += weight;
            if (_wrong[i]) moreWrong += weight;
            if (!_ends[i]) continue;
            for (int one = 1; one <= more; one++) sum += (wrong + ((double)moreWrong * one / more)) / (answered + one);
            (answered, wrong, more, moreWrong) = (answered + more, wrong + moreWrong, 0, 0);
        }
        return answered == 0 ? null : sum / answered;
    }

    /// <summary>The share wrong where at least a share is answered, the surest; null without an answer.</summary>
    /// <param name="coverage">The share that is answered, 0 to 1.</param>
    /// <param name="weights">As above.</param>
    public double? RiskAt(double coverage, ReadOnlySpan<int> weights = default)
    {
        int all = weights.IsEmpty ? _order.Length : 0;
        foreach (int weight in weights) all += weight;
        int answered = 0, wrong = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[_order[i]];
            answered += weight;
            if (_wrong[i]) wrong += weight;
            if (_ends[i] && answered > 0 && answered >= coverage * all) break;
        }
        return answered == 0 ? null : (double)wrong / answered;
    }
}

/// <summary>A point of a risk-coverage curve.</summary>
/// <param name="Coverage">The share of scans that are answered, above 0 to 1.</param>
/// <param name="Risk">The share of wrong answers among them, 0 to 1.</param>
public readonly record struct RiskPoint(double Coverage, double Risk);
