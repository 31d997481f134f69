using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.Pages;

/// <summary>The scans of an evaluation that a person should look at.</summary>
public static class NotableScans
{
    /// <summary>The worst errors: scans that were given a wrong label, first those where it was given with most certainty over the right one. A file
    /// that is there several times counts once.</summary>
    /// <param name="scans">The scans.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<ScoredScan> WorstErrors(IReadOnlyList<ScoredScan> scans, int most) => Once(
        scans.Where(scan => !Allowed(scan).Contains(scan.Answer())),
        scan => Allowed(scan).Max(label => scan.Probabilities[label]) - scan.Probabilities[scan.Answer()], most);

    /// <summary>The least sure answers: scans whose two most probable labels are nearest to one another, right or wrong. A file that is there
    /// several times counts once.</summary>
    /// <param name="scans">The scans.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<ScoredScan> LeastSure(IReadOnlyList<ScoredScan> scans, int most) => Once(scans, Margin, most);

    private static IReadOnlyList<int> Allowed(ScoredScan scan) => scan.Labels.Allowed(scan.Truth);

    private static float Margin(ScoredScan scan)
    {
        var falling = scan.Probabilities.OrderDescending().Take(2).ToList();
        return falling[0] - falling[1];
    }

    private static IReadOnlyList<ScoredScan> Once(IEnumerable<ScoredScan> scans, Func<ScoredScan, float> order, int most) =>
        [.. scans.OrderBy(order).ThenBy(scan => scan.Path, StringComparer.Ordinal).DistinctBy(scan => scan.Sha256).Take(most)];
}
