using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>Tries a temperature on validation images that it was not fitted on.</summary>
internal static class HeldOutTemperature
{
    private const int Parts = 5;
    private const double SmallestProbability = 1e-30;

    /// <summary>
    /// Whether fitted temperatures help: each of five parts is answered at the temperature that the others give, and the
    /// mean log loss of the labels must fall, and that of tumour against healthy must not rise. Log losses and not
    /// calibration errors are compared, since these say little on few images. False where the images are of one group.
    /// </summary>
    /// <param name="scans">Validation images with the network's own probabilities.</param>
    /// <param name="groups">[N]: scans with the same number stay in one part; null where each stands for itself.</param>
    /// <param name="weights">[N]: how much each counts; null where all count the same.</param>
    public static bool Helps(IReadOnlyList<ScoredScan> scans, IReadOnlyList<int>? groups, IReadOnlyList<double>? weights = null)
    {
        int[] parts = Deal(scans, groups);
        if (parts.Distinct().Count() < 2) return false;
        double labels = 0, tumours = 0;
        for (int part = 0; part < Parts; part++)
        {
            int[] others = [.. Enumerable.Range(0, scans.Count).Where(i => parts[i] != part)];
            int[] held = [.. Enumerable.Range(0, scans.Count).Where(i => parts[i] == part)];
            if (held.Length == 0) continue;
            double temperature = TemperatureFit.Of([.. others.Select(i => scans[i])], weights is null ? null : [.. others.Select(i => weights[i])]);
            foreach (int i in held)
            {
                var cooled = TemperatureFit.At(scans[i], temperature);
                double weight = weights?[i] ?? 1;
                labels += weight * (LabelLoss(cooled) - LabelLoss(scans[i]));
                tumours += weight * (TumourLoss(cooled) - TumourLoss(scans[i]));
            }
        }
        return labels < 0 && tumours <= 0;
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
