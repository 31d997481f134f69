using System.Globalization;
using Gyrus.Evaluation.Scans;

namespace Gyrus.Learning.Comparison;

/// <summary>Lays two runs' answers to the same images side by side.</summary>
internal static class AnswerPairs
{
    /// <summary>The order in which an evaluation draws its resamples, so that intervals are the same as there.</summary>
    public static IReadOnlyList<ScoredScan> Sorted(IReadOnlyList<ScoredScan> scans) =>
        [.. scans.OrderBy(scan => scan.Path, StringComparer.Ordinal).ThenBy(scan => scan.Sha256, StringComparer.Ordinal)];

    /// <summary>Another run's answers in the order of the first one's images, by content and label: paths may be others.</summary>
    /// <param name="first">[N].</param>
    /// <param name="other">The other run's answers.</param>
    /// <returns>[N]; null where they are not the same images with the same labels, and then what differs.</returns>
    public static (IReadOnlyList<ScoredScan>? Same, string Why) Of(IReadOnlyList<ScoredScan> first, IReadOnlyList<ScoredScan> other)
    {
        int missing = Left(first, other, scan => scan.Sha256);
        int more = Left(other, first, scan => scan.Sha256);
        if (missing > 0 || more > 0)
            return (null, string.Create(CultureInfo.InvariantCulture, $"it answered other images ({missing} of the first run's are missing, {more} are others)"));
        int relabelled = Left(first, other, Key);
        if (relabelled > 0) return (null, string.Create(CultureInfo.InvariantCulture, $"{relabelled} of the images have another label"));
        if (!first[0].Labels.Equals(other[0].Labels)) return (null, "its labels are others");
        var places = Sorted(other).GroupBy(Key).ToDictionary(scans => scans.Key, scans => new Queue<ScoredScan>(scans));
        return ([.. first.Select(scan => places[Key(scan)].Dequeue())], "");
    }

    private static string Key(ScoredScan scan) => $"{scan.Sha256} {scan.Labels[scan.Truth].Name}";

    /// <summary>How many of some scans are left when each of the others takes away one with its key.</summary>
    private static int Left(IReadOnlyList<ScoredScan> scans, IReadOnlyList<ScoredScan> others, Func<ScoredScan, string> key)
    {
        var there = others.CountBy(key).ToDictionary();
        return scans.CountBy(key).Sum(one => Math.Max(0, one.Value - there.GetValueOrDefault(one.Key)));
    }
}
