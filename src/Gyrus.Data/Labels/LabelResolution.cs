namespace Gyrus.Data;

/// <summary>
/// Mends labels where copies of one scan have different ones. A tumour of a type that nobody wrote down gets the type
/// that its own copies carry; what contradicts itself is dropped.
/// </summary>
public static class LabelResolution
{
    private const string Unspecified = "mri_tumor";
    private static readonly string[] Types = ["mri_glioma", "mri_meningioma", "mri_pituitary"];

    /// <summary>What is to be changed.</summary>
    /// <param name="labels">The label of each path; null for none.</param>
    /// <param name="groups">The groups of copies.</param>
    /// <returns>The changes, in ordinal order of their paths.</returns>
    public static IReadOnlyList<LabelChange> Changes(
        IReadOnlyDictionary<string, string?> labels, IReadOnlyList<CopyGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(groups);
        return [.. groups.SelectMany(group => Changes(labels, group)).OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    /// <summary>The data set with its labels resolved; see <see cref="Manifest.Dropped"/> and
    /// <see cref="ManifestRow.PublishedLabel"/>.</summary>
    /// <param name="manifest">The data set; labels that were resolved before are resolved anew.</param>
    /// <param name="groups">The groups of copies in it.</param>
    public static Manifest Resolve(Manifest manifest, IReadOnlyList<CopyGroup> groups)
    {
        var published = AsPublished(manifest);
        var changes = Changes(published.Rows.ToDictionary(row => row.Path, row => (string?)row.Label), groups)
            .ToDictionary(change => change.Path);
        return published with
        {
            Rows = [.. published.Rows.Where(row => !changes.TryGetValue(row.Path, out var change) || change.To is not null)
                .Select(row => changes.TryGetValue(row.Path, out var change)
                    ? row with { Label = change.To!, PublishedLabel = row.Label, Note = change.Why } : row)],
            Dropped = [.. published.Rows.Where(row => changes.TryGetValue(row.Path, out var change) && change.To is null)
                .Select(row => row with { Split = Split.None, Fold = null, Note = changes[row.Path].Why })],
        };
    }

    /// <summary>The data set with the labels that its source gave, and nothing dropped.</summary>
    public static Manifest AsPublished(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest with
        {
            Rows = [.. manifest.Rows.Concat(manifest.Dropped).Select(row => row with
            {
                Label = row.PublishedLabel.Length > 0 ? row.PublishedLabel : row.Label, PublishedLabel = "", Note = "",
            })],
            Dropped = [],
        };
    }

    private static IEnumerable<LabelChange> Changes(IReadOnlyDictionary<string, string?> labels, CopyGroup group)
    {
        var members = group.Images.Where(path => labels[path] is not null).Select(path => (Path: path, Label: labels[path]!))
            .ToList();
        var specified = members.Select(member => member.Label).Where(label => label != Unspecified).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        var unspecified = members.Where(member => member.Label == Unspecified).ToList();
        if (specified.Count == 0 || (specified.Count == 1 && unspecified.Count == 0)) return [];
        if (specified.Count == 1 && Types.Contains(specified[0]))
        {
            var copy = members.First(member => member.Label == specified[0]).Path;
            return unspecified.Select(member => new LabelChange(
                member.Path, Unspecified, specified[0], $"its copy {copy} is labelled {specified[0]}"));
        }
        var all = string.Join(", ", members.Select(member => member.Label).Distinct().Order(StringComparer.Ordinal));
        return members.Select(member => new LabelChange(
            member.Path, member.Label, null, $"copies of one scan are labelled {all}"));
    }
}
