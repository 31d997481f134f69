using Gyrus.Data.Manifests;

namespace Gyrus.Evaluation.Scans;

/// <summary>The groups of a manifest as a bootstrap wants them.</summary>
public static class ScanGroupNumbers
{
    /// <summary>
    /// The number of each scan's group: scans of one group of copies or of one patient belong together, and so does what either links. Patients are
    /// numbered by each source anew, so a patient is told by both. Null where nothing tells of groups, so that each scan stands for itself: no patient
    /// is named, and not every row has a group.
    /// </summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="scans">Scans of it, by their paths.</param>
    public static IReadOnlyList<int>? Of(Manifest manifest, IReadOnlyList<ScoredScan> scans)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(scans);
        bool patients = manifest.Rows.Any(row => manifest.Value(row, KnownColumns.Patient).Length > 0);
        if (!patients && manifest.Rows.Any(row => row.Group.Length == 0)) return null;
        var units = Units(manifest);
        var numbers = new Dictionary<string, int>();
        return [.. scans.Select(scan =>
        {
            var unit = units[scan.Path];
            if (!numbers.TryGetValue(unit, out int number)) numbers.Add(unit, number = numbers.Count);
            return number;
        })];
    }

    /// <summary>What each image belongs to, by its path: a name of its group of copies and its patient together, the same for all that they link.</summary>
    /// <param name="manifest">The data set.</param>
    public static IReadOnlyDictionary<string, string> Units(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var above = new Dictionary<string, string>();
        foreach (var row in manifest.Rows)
        {
            var keys = Keys(manifest, row);
            foreach (var key in keys.Skip(1))
            {
                var (one, other) = (Top(above, keys[0]), Top(above, key));
                // The lesser name leads, so that names do not depend on the order of rows.
                if (one != other) above[string.CompareOrdinal(one, other) < 0 ? other : one] = string.CompareOrdinal(one, other) < 0 ? one : other;
            }
        }
        return manifest.Rows.ToDictionary(row => row.Path, row => Top(above, Keys(manifest, row)[0]));
    }

    private static List<string> Keys(Manifest manifest, ManifestRow row)
    {
        var keys = new List<string>();
        if (row.Group.Length > 0) keys.Add("group " + row.Group);
        if (manifest.Value(row, KnownColumns.Patient) is { Length: > 0 } patient)
            keys.Add($"patient {manifest.Value(row, KnownColumns.Source)}\n{patient}");
        if (keys.Count == 0) keys.Add("scan " + row.Path);
        return keys;
    }

    private static string Top(Dictionary<string, string> above, string name)
    {
        var top = name;
        while (above.TryGetValue(top, out var next)) top = next;
        if (top != name) above[name] = top;
        return top;
    }
}
