using System.Globalization;
using System.Text;
using Gyrus.Data.Manifests;

namespace Gyrus.Cli.Commands.Data;

/// <summary>How many images of each label are in each part or fold.</summary>
internal static class SplitTable
{
    private static readonly Split[] Parts = [Split.Train, Split.Val, Split.Test, Split.None];

    /// <summary>Label to part or fold to number, for machines; all parts, and the folds that there are.</summary>
    public static Dictionary<string, Dictionary<string, int>> Counts(Manifest manifest)
    {
        var places = Parts.Select(Name).Concat(Places(manifest)).Distinct().ToList();
        return manifest.Labels.Names.ToDictionary(
            label => label,
            label => places.ToDictionary(
                place => place.Replace(' ', '-'),
                place => manifest.Rows.Count(row => row.Label == label && Place(row) == place)));
    }

    /// <summary>The same as an aligned table, with sums, of the labels, parts and folds that there are.</summary>
    public static string Render(Manifest manifest)
    {
        var places = Places(manifest);
        int width = Math.Max(15, manifest.Labels.Names.Max(name => name.Length) + 1);
        var text = new StringBuilder();
        Line("", places.Append("all"));
        foreach (var label in manifest.Labels.Names)
        {
            if (manifest.Rows.Where(row => row.Label == label).ToList() is { Count: > 0 } rows) Count(label, rows);
        }
        Count("all", manifest.Rows);
        return text.ToString().TrimEnd();

        void Count(string name, IReadOnlyList<ManifestRow> rows) => Line(
            name,
            places.Select(place => rows.Count(row => Place(row) == place)).Append(rows.Count)
                .Select(count => count.ToString(CultureInfo.InvariantCulture)));

        void Line(string name, IEnumerable<string> cells)
        {
            text.Append(name.PadRight(width));
            foreach (var cell in cells) text.Append(CultureInfo.InvariantCulture, $"{cell,8}");
            text.Append('\n');
        }
    }

    /// <summary>The folds, then the parts, that have images.</summary>
    private static List<string> Places(Manifest manifest) =>
        [.. manifest.Rows.DistinctBy(Place).OrderBy(row => row.Fold ?? int.MaxValue)
            .ThenBy(row => Array.IndexOf(Parts, row.Split)).Select(Place)];

    private static string Place(ManifestRow row) =>
        row.Fold is { } fold ? string.Create(CultureInfo.InvariantCulture, $"fold {fold}") : Name(row.Split);

    private static string Name(Split part) => part == Split.None ? "unplaced" : part.ToString().ToLowerInvariant();
}
