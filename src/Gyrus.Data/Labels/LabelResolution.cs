using Gyrus.Data.Copies;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Labels;

/// <summary>
/// Mends labels where copies of one scan have different ones. A tumour of a type that nobody wrote down gets the type
/// that its own copies carry; what contradicts itself is dropped.
/// </summary>
public static class LabelResolution
{
    /// <summary>What is to be changed.</summary>
    /// <param name="labels">The label of each path; null for none.</param>
    /// <param name="groups">The groups of copies.</param>
    /// <returns>The changes, in ordinal order of their paths.</returns>
    public static IReadOnlyList<LabelChange> Changes(
        IReadOnlyDictionary<string, string?> labels, IReadOnlyList<CopyGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(groups);
        return Changes(labels, groups, LabelNames.TryGuess(labels.Values.OfType<string>()));
    }

    private static IReadOnlyList<LabelChange> Changes(
        IReadOnlyDictionary<string, string?> labels, IReadOnlyList<CopyGroup> groups, LabelSet? meanings) =>
        [.. groups.SelectMany(group => Changes(labels, group, meanings)).OrderBy(change => change.Path, StringComparer.Ordinal)];

    /// <summary>The data set with its labels resolved; see <see cref="Manifest.Dropped"/> and
    /// <see cref="ManifestRow.PublishedLabel"/>.</summary>
    /// <param name="manifest">The data set; labels that were resolved before are resolved anew.</param>
    /// <param name="groups">The groups of copies in it.</param>
    public static Manifest Resolve(Manifest manifest, IReadOnlyList<CopyGroup> groups)
    {
        var published = AsPublished(manifest);
        var changes = Changes(published.Rows.ToDictionary(row => row.Path, row => (string?)row.Label), groups, manifest.Labels)
            .ToDictionary(change => change.Path);
        return published with
        {
            Rows = [.. published.Rows.Where(row => !changes.TryGetValue(row.Path, out var change) || change.To is not null)
                .Select(row => changes.TryGetValue(row.Path, out var change)
                    ? row with { Label = change.To!, PublishedLabel = row.Label, Note = change.Why } : row)],
            Dropped = [.. published.Dropped, .. published.Rows.Where(row => changes.TryGetValue(row.Path, out var change) && change.To is null)
                .Select(row => row with { Split = Split.None, Fold = null, Note = changes[row.Path].Why })],
        };
    }

    /// <summary>The data set with the labels that its source gave, and nothing dropped but what was left out for good
    /// (<see cref="ManifestRow.LeftOut"/>).</summary>
    public static Manifest AsPublished(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest with
        {
            Rows = [.. manifest.Rows.Concat(manifest.Dropped.Where(row => !row.LeftOut)).Select(row => row with
            {
                Label = row.PublishedLabel.Length > 0 ? row.PublishedLabel : row.Label, PublishedLabel = "", Note = "",
            })],
            Dropped = [.. manifest.Dropped.Where(row => row.LeftOut)],
        };
    }

    /// <summary>Whether copies of one scan cannot all have their labels: a tumour of no type agrees with one type, and nothing else that
    /// differs agrees.</summary>
    /// <param name="labels">The labels of the copies.</param>
    /// <param name="meanings">What they mean; null where that is not known.</param>
    public static bool Contradict(IEnumerable<string> labels, LabelSet? meanings)
    {
        string[] distinct = [.. labels.Distinct(StringComparer.Ordinal)];
        string[] specified = [.. distinct.Where(label => Types(label, meanings).Length == 0)];
        return specified.Length > 1
            || (specified.Length == 1 && !Array.TrueForAll(distinct, label => label == specified[0] || Types(label, meanings).Contains(specified[0])));
    }

    private static IEnumerable<LabelChange> Changes(
        IReadOnlyDictionary<string, string?> labels, CopyGroup group, LabelSet? meanings)
    {
        var members = group.Images.Where(path => labels[path] is not null).Select(path => (Path: path, Label: labels[path]!))
            .ToList();
        if (Contradict(members.Select(member => member.Label), meanings))
        {
            var all = string.Join(", ", members.Select(member => member.Label).Distinct().Order(StringComparer.Ordinal));
            return members.Select(member => new LabelChange(
                member.Path, member.Label, null, $"copies of one scan are labelled {all}"));
        }
        if (members.FirstOrDefault(member => Types(member.Label, meanings).Length == 0) is not (Path: { } copy, Label: { } type)) return [];
        return members.Where(member => member.Label != type).Select(member => new LabelChange(
            member.Path, member.Label, type, $"its copy {copy} is labelled {type}"));
    }

    /// <summary>Those that a label allows besides itself: none, unless it is a tumour of no type.</summary>
    private static string[] Types(string label, LabelSet? meanings) => meanings is null ? []
        : [.. meanings.Allowed(meanings.IndexOf(label)).Select(place => meanings[place].Name).Where(name => name != label)];
}
