using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Merging;

/// <summary>The rows of several data sets in one, before copies are looked for.</summary>
/// <param name="Manifest">The rows; a file that several data sets list is one row.</param>
/// <param name="Named">Sources that were named after their data sets.</param>
/// <param name="Origins">The data set and the source that each row is from, by its path.</param>
internal sealed record JoinedRows(Manifest Manifest, IReadOnlyList<NamedSource> Named, IReadOnlyDictionary<string, string> Origins)
{
    private static readonly string[] First =
        [KnownColumns.Source, KnownColumns.Patient, KnownColumns.Study, KnownColumns.Series, KnownColumns.Sequence, KnownColumns.Plane, KnownColumns.Mask];

    /// <summary>Joins them. Parts, folds and groups are emptied: they held within their own data set alone.</summary>
    /// <param name="inputs">The data sets, whose labels are as their sources gave them.</param>
    /// <param name="target">Where the manifest will be saved.</param>
    /// <param name="options">How.</param>
    /// <exception cref="GyrusException">The labels are no set, two data sets without sources have one name, a source is named of none, or two
    /// list one file with different bytes.</exception>
    public static JoinedRows Of(IReadOnlyList<MergeInput> inputs, string target, MergeOptions options)
    {
        var labels = MergedLabels.Join(inputs, options.Renamed);
        string[] others = [.. inputs.SelectMany(input => input.Manifest.MoreColumns).Distinct().Except(First).Order(StringComparer.Ordinal)];
        string[] columns = [.. First.Where(column =>
            column == KnownColumns.Source || inputs.Any(input => input.Manifest.PlaceOf(column) >= 0)), .. others];
        var named = SourceNames.Of(inputs, options.Sources);
        var rows = new List<Joined>();
        var told = new List<NamedSource>();
        for (int i = 0; i < inputs.Count; i++)
        {
            var wide = ManifestColumns.With(inputs[i].Manifest.MovedTo(target), columns);
            int source = wide.PlaceOf(KnownColumns.Source), without = 0;
            ManifestRow Bare(ManifestRow row)
            {
                bool has = !string.IsNullOrWhiteSpace(row.More[source]);
                if (!has) without++;
                return row with
                {
                    Label = options.Renamed.GetValueOrDefault(row.Label, row.Label),
                    Split = Split.None,
                    Fold = null,
                    Group = "",
                    More = has ? row.More : row.More.With(source, named[i]),
                };
            }

            Joined Joined(ManifestRow row) => new(row, inputs[i].Path, row.More[source]);
            rows.AddRange(wide.Rows.Concat(wide.Dropped).Select(Bare).Select(Joined));
            if (without > 0) told.Add(new NamedSource(inputs[i].Path, named[i], without));
        }
        var once = rows.GroupBy(row => row.Row.Path, StringComparer.Ordinal).Select(same => OneFile([.. same], labels)).ToList();
        return new JoinedRows(
            new Manifest(Path.GetDirectoryName(Path.GetFullPath(target))!, [.. once.Where(row => !row.Row.LeftOut).Select(row => row.Row)])
            {
                MoreColumns = columns,
                Labels = labels,
                Dropped = [.. once.Where(row => row.Row.LeftOut).Select(row => row.Row)],
            },
            told,
            once.ToDictionary(row => row.Row.Path, row => $"{row.Source}\n{row.Input}", StringComparer.Ordinal));
    }

    /// <summary>The row of a file that several data sets list. One that left it out decides; else they must agree.</summary>
    private static Joined OneFile(Joined[] same, LabelSet labels)
    {
        if (same.Length == 1) return same[0];
        // Whatever the order of the data sets: first what says most.
        Joined[] sorted = [.. same.OrderByDescending(row => row.Row.LeftOut).ThenBy(row => labels.Allowed(labels.IndexOf(row.Row.Label)).Count)
            .ThenByDescending(row => row.Row.More.Values.Count(value => value.Length > 0)).ThenBy(row => row.Input, StringComparer.Ordinal)];
        if (Array.Find(sorted, row => row.Row.Sha256 != sorted[0].Row.Sha256) is { } changed)
        {
            throw new GyrusException($"{sorted[0].Row.Path}: the file has other bytes in {sorted[0].Input} than in {changed.Input}, so it has changed since one of them "
                + "was made. Import that one again.");
        }
        if (!sorted[0].Row.LeftOut && LabelResolution.Contradict(sorted.Select(row => row.Row.Label), labels))
        {
            var why = string.Join(", ", same.Select(row => $"{row.Row.Label} in {row.Input}").Order(StringComparer.Ordinal));
            return sorted[0] with { Row = LeftOut.Of(sorted[0].Row, $"the file is labelled {why}") };
        }
        return sorted[0];
    }

    private sealed record Joined(ManifestRow Row, string Input, string Source);
}
