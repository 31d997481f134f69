using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Merging;

/// <summary>Joins data sets.</summary>
public static class DatasetMerge
{
    /// <summary>Makes one data set of several, in which each image says its source, and looks for copies across the sources.</summary>
    /// <param name="inputs">The data sets; what an earlier split did to their labels is undone.</param>
    /// <param name="target">Where the manifest will be saved: paths in it are relative to its folder.</param>
    /// <param name="options">How.</param>
    /// <param name="cacheFolder">Where what was computed of each image is kept.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the work; what was computed is kept.</param>
    /// <returns>The data set, without parts, folds and groups. Copies across sources that contradict each other are left out, all of them; of
    /// the same bytes in several sources one source's stay.</returns>
    /// <exception cref="GyrusException">Labels or sources do not fit each other, or no image can be read.</exception>
    public static MergeResult Run(
        IReadOnlyList<MergeInput> inputs,
        string target,
        MergeOptions options,
        string cacheFolder,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        var joined = JoinedRows.Of(
            [.. inputs.Select(input => input with { Manifest = LabelResolution.AsPublished(input.Manifest) })], target, options);
        var search = CopySearch.In(joined.Manifest, cacheFolder, progress, cancellation);
        if (search.Images.Count == 0 && search.Unreadable.Count > 0)
        {
            throw new GyrusException(
                $"None of the {search.Unreadable.Count} images can be read, so no copy can be found. The first: {search.Unreadable[0].Reason}");
        }
        return Of(joined, search.Run(progress, cancellation), options) with { Unreadable = search.Unreadable };
    }

    /// <summary>What becomes of joined rows whose copies are known.</summary>
    internal static MergeResult Of(JoinedRows joined, CopyReport copies, MergeOptions options)
    {
        string OriginOf(ManifestRow row) => joined.Origins[row.Path];
        var manifest = joined.Manifest;
        var contradictions = SourceContradictions.Find(manifest, copies, OriginOf);
        var why = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!options.KeepContradictions)
        {
            foreach (var contradiction in contradictions)
            {
                foreach (var image in contradiction.Images) why[image.Path] = $"copies of one scan across sources: {contradiction.InWords}";
            }
        }
        var same = SameFiles(manifest, OriginOf, row => why.ContainsKey(row.Path));
        foreach (var (path, kept) in same) why[path] = $"the same bytes as {kept}";
        var contradicting = contradictions.Select(contradiction => contradiction.Group).ToHashSet();
        return new MergeResult(
            manifest with
            {
                Rows = [.. manifest.Rows.Where(row => !why.ContainsKey(row.Path))],
                Dropped = [.. manifest.Dropped, .. manifest.Rows.Where(row => why.ContainsKey(row.Path)).Select(row => LeftOut.Of(row, why[row.Path]))],
            },
            joined.Named,
            [.. same.Keys.Order(StringComparer.Ordinal)],
            [.. copies.Groups.Where(group => !contradicting.Contains(group.Id)
                && group.Images.Select(path => joined.Origins[path]).Distinct().Count() > 1)],
            contradictions,
            []);
    }

    /// <summary>Images whose bytes another source has too and that agree with it, and the image that stands for them. All images of the
    /// source that stays do, its own copies too.</summary>
    private static Dictionary<string, string> SameFiles(Manifest manifest, Func<ManifestRow, string> originOf, Func<ManifestRow, bool> isOut)
    {
        var leftOut = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var same in manifest.Rows.Where(row => !isOut(row)).GroupBy(row => row.Sha256))
        {
            if (same.Select(originOf).Distinct().Count() < 2 || LabelResolution.Contradict(same.Select(row => row.Label), manifest.Labels)) continue;
            // Whatever the order of the data sets: first what says most of the label.
            var kept = same.OrderBy(row => manifest.Labels.Allowed(manifest.LabelOf(row)).Count)
                .ThenBy(originOf, StringComparer.Ordinal).ThenBy(row => row.Path, StringComparer.Ordinal).First();
            foreach (var row in same.Where(row => originOf(row) != originOf(kept))) leftOut[row.Path] = kept.Path;
        }
        return leftOut;
    }
}
