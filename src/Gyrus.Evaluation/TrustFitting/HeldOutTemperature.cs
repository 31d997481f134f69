using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>Tries temperatures on validation images that they were not fitted on.</summary>
internal static class HeldOutTemperature
{
    private const int Parts = 5;
    private const double SmallestProbability = 1e-30;

    /// <summary>How far a fitted temperature may be drawn towards 1, as powers of it: not at all first, to 1 last.</summary>
    private static readonly double[] Powers = [1, 0.75, 0.5, 0.25, 0];

    /// <summary>
    /// How much of a fitted temperature helps, as a power of it: each of five parts is answered at the temperature that the others give, drawn towards 1 by
    /// each power, and the one with the least mean log loss of the labels is taken among those with which that of tumour against healthy does not
    /// rise. Log losses and not calibration errors are compared, since these say little on few images. 0, so that nothing is calibrated, where the images
    /// are of one group.
    /// </summary>
    /// <param name="scans">Validation images with the network's own probabilities.</param>
    /// <param name="groups">[N]: scans with the same number stay in one part; null where each stands for itself.</param>
    /// <param name="weights">[N]: how much each counts; null where all count the same.</param>
    /// <returns>0 to 1.</returns>
    public static double Power(IReadOnlyList<ScoredScan> scans, IReadOnlyList<int>? groups, IReadOnlyList<double>? weights = null)
    {
        int[] parts = Deal(scans, groups);
        if (parts.Distinct().Count() < 2) return 0;
        var labels = new double[Powers.Length];
        var tumours = new double[Powers.Length];
        for (int part = 0; part < Parts; part++)
        {
            int[] others = [.. Enumerable.Range(0, scans.Count).Where(i => parts[i] != part)];
            int[] held = [.. Enumerable.Range(0, scans.Count).Where(i => parts[i] == part)];
            if (held.Length == 0) continue;
            double fitted = TemperatureFit.Of([.. others.Select(i => scans[i])], weights is null ? null : [.. others.Select(i => weights[i])]);
            for (int power = 0; power < Powers.Length; power++)
            {
                foreach (int i in held)
                {
                    var cooled = TemperatureFit.At(scans[i], Math.Pow(fitted, Powers[power]));
                    labels[power] += (weights?[i] ?? 1) * LabelLoss(cooled);
                    tumours[power] += (weights?[i] ?? 1) * TumourLoss(cooled);
                }
            }
        }
        return Powers[Enumerable.Range(0, Powers.Length).Where(power => tumours[power] <= tumours[^1]).MinBy(power => labels[power])];
    }

    /// <summary>The part of each scan: groups in turn, the largest first, equal ones in the order of their hashes.</summary>
    private static int[] Deal(IReadOnlyList<ScoredScan> scans, IReadOnlyList<int>? groups)
    {
        var parts = new int[scans.Count];
        var dealt = Enumerable.Range(0, scans.Count)
            .GroupBy(i => groups is null ? i : groups[i])
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Min(i => scans[i].Sha256), StringComparer.Ordinal);
        int turn = 0;
        foreach (var group in dealt)
        {
            foreach (int i in group) parts[i] = turn % Parts;
            turn++;
        }
        return parts;
    }

    private static double LabelLoss(ScoredScan scan) => Loss(TruthSets.Probability(scan));

    private static double TumourLoss(ScoredScan scan)
    {
        if (!scan.Labels.TellsTumours) return 0;
        double tumour = scan.TumourProbability;
        return Loss(scan.IsTumour ? tumour : 1 - tumour);
    }

    private static double Loss(double probability) => -Math.Log(Math.Max(probability, SmallestProbability));
}
