using Gyrus.Data.Copies;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Merging;

/// <summary>Finds copies across sources whose labels contradict each other: a label that is wrong in kind shows by a second source alone.</summary>
public static class SourceContradictions
{
    /// <summary>Finds them.</summary>
    /// <param name="manifest">The data set, with the column <see cref="KnownColumns.Source"/>.</param>
    /// <param name="copies">The copies in it, by the paths of its rows; other paths are passed over.</param>
    public static IReadOnlyList<Contradiction> Find(Manifest manifest, CopyReport copies) =>
        Find(manifest, copies, row => manifest.Value(row, KnownColumns.Source));

    /// <summary>Finds them among images whose origin is told by more than the column.</summary>
    internal static IReadOnlyList<Contradiction> Find(Manifest manifest, CopyReport copies, Func<ManifestRow, string> originOf)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(copies);
        var rows = manifest.Rows.ToDictionary(row => row.Path, StringComparer.Ordinal);
        bool Contradict(ManifestRow one, ManifestRow other) =>
            originOf(one) != originOf(other) && LabelResolution.Contradict([one.Label, other.Label], manifest.Labels);
        var groups = new List<(CopyGroup Group, List<ManifestRow> Rows)>();
        foreach (var group in copies.Groups)
        {
            List<ManifestRow> members = [.. group.Images.Where(rows.ContainsKey).Select(path => rows[path])];
            if (members.Select(originOf).Distinct().Count() > 1 && LabelResolution.Contradict(members.Select(row => row.Label), manifest.Labels))
                groups.Add((group, members));
        }
        var groupOf = groups.SelectMany((group, i) => group.Rows.Select(row => (row.Path, i))).ToDictionary(row => row.Path, row => row.i);
        var pairs = copies.Pairs
            .Where(pair => groupOf.ContainsKey(pair.First) && groupOf.ContainsKey(pair.Second) && Contradict(rows[pair.First], rows[pair.Second]))
            .ToLookup(pair => groupOf[pair.First]);
        return [.. groups.Select((group, i) => new Contradiction(
            group.Group.Id,
            [.. group.Rows.Select(row => new SourcedImage(row.Path, manifest.Value(row, KnownColumns.Source), row.Label))
                .OrderBy(image => image.Path, StringComparer.Ordinal)],
            pairs.Contains(i) ? [.. pairs[i]] : Linked(group.Rows, Contradict)))];
    }

    /// <summary>The first two that contradict each other, where no two of them were compared.</summary>
    private static CopyPair[] Linked(List<ManifestRow> rows, Func<ManifestRow, ManifestRow, bool> contradict)
    {
        foreach (var one in rows)
        {
            if (rows.Find(other => contradict(one, other)) is { } other) return [new CopyPair(one.Path, other.Path, 0, "")];
        }
        return [];
    }
}
