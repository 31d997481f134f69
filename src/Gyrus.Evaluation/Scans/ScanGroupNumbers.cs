using Gyrus.Data.Manifests;

namespace Gyrus.Evaluation.Scans;

/// <summary>The groups of a manifest as a bootstrap wants them.</summary>
public static class ScanGroupNumbers
{
    /// <summary>The number of each scan's group; null where the manifest has no groups, so that each scan stands for
    /// itself.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="scans">Scans of it, by their paths.</param>
    public static IReadOnlyList<int>? Of(Manifest manifest, IReadOnlyList<ScoredScan> scans)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(scans);
        if (manifest.Rows.Any(row => row.Group.Length == 0)) return null;
        var numbers = new Dictionary<string, int>();
        var groups = manifest.Rows.ToDictionary(row => row.Path, row => row.Group);
        return [.. scans.Select(scan =>
        {
            var group = groups[scan.Path];
            if (!numbers.TryGetValue(group, out int number)) numbers.Add(group, number = numbers.Count);
            return number;
        })];
    }
}
