using System.Globalization;
using System.Text;
using Gyrus.Data;
using Gyrus.Imaging;

namespace Gyrus.Cli.Commands.Data;

/// <summary>How many images of each label are in each part.</summary>
internal static class SplitTable
{
    private static readonly Split[] Parts = [Split.Train, Split.Val, Split.Test, Split.None];

    /// <summary>Label to part to number, for machines.</summary>
    public static Dictionary<string, Dictionary<string, int>> Counts(Manifest manifest) =>
        ScanLabel.All.ToDictionary(
            label => label.Name,
            label => Parts.ToDictionary(Name, part => manifest.Rows.Count(row => row.Label == label.Name && row.Split == part)));

    /// <summary>The same as an aligned table, with sums.</summary>
    public static string Render(Manifest manifest)
    {
        var parts = Parts.Where(part => manifest.Rows.Any(row => row.Split == part)).ToList();
        var text = new StringBuilder();
        Line("", parts.Select(Name).Append("all"));
        foreach (var label in ScanLabel.All) Count(label.Name, [.. manifest.Rows.Where(row => row.Label == label.Name)]);
        Count("all", manifest.Rows);
        return text.ToString().TrimEnd();

        void Count(string name, IReadOnlyList<ManifestRow> rows) => Line(
            name,
            parts.Select(part => rows.Count(row => row.Split == part)).Append(rows.Count)
                .Select(count => count.ToString(CultureInfo.InvariantCulture)));

        void Line(string name, IEnumerable<string> cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name,-15}");
            foreach (var cell in cells) text.Append(CultureInfo.InvariantCulture, $"{cell,8}");
            text.Append('\n');
        }
    }

    private static string Name(Split part) => part == Split.None ? "unplaced" : part.ToString().ToLowerInvariant();
}
