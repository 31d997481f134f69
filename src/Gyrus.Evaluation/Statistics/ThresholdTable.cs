namespace Gyrus.Evaluation.Statistics;

/// <summary>What each threshold would do: the decisions at every score that a scan has.</summary>
public static class ThresholdTable
{
    /// <summary>A row for each distinct score, from the highest: what is called positive from there on.</summary>
    /// <param name="scores">[N], larger means rather positive.</param>
    /// <param name="positives">[N]: whether each is positive in truth.</param>
    public static IReadOnlyList<ThresholdRow> Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        var falling = scores.ToArray();
        var truths = positives.ToArray();
        Array.Sort(falling, truths);
        Array.Reverse(falling);
        Array.Reverse(truths);
        int all = truths.Count(positive => positive), healthy = truths.Length - all;
        var rows = new List<ThresholdRow>();
        int found = 0;
        for (int i = 0; i < falling.Length; i++)
        {
            if (truths[i]) found++;
            if (i + 1 < falling.Length && falling[i + 1] == falling[i]) continue;
            int wrong = i + 1 - found;
            rows.Add(new ThresholdRow(falling[i], new BinaryCounts(found, all - found, healthy - wrong, wrong)));
        }
        return rows;
    }
}

/// <summary>A threshold and its decisions.</summary>
/// <param name="Threshold">The smallest score that is called positive.</param>
/// <param name="Counts">The decisions.</param>
public sealed record ThresholdRow(double Threshold, BinaryCounts Counts);
