using System.Globalization;
using System.Text;
using Gyrus.Data.Merging;
using Gyrus.Data.Sources;

namespace Gyrus.Cli.Commands.Data;

/// <summary>What a merge gave, for a terminal.</summary>
internal static class MergeText
{
    private const int Shown = 20;

    /// <summary>The sources, what was left out, and the copies across sources that contradict each other.</summary>
    public static string Render(string target, MergeResult result)
    {
        var text = new StringBuilder(SourceTableText.Render(SourceTable.Of(result.Manifest)).TrimStart('\n'));
        text.Append("\n\n");
        foreach (var named in result.Named)
            text.Append(CultureInfo.InvariantCulture, $"{named.Manifest}: {named.Images} images name no source and are of {named.Source} now\n");
        if (result.SameFiles.Count > 0) text.Append(CultureInfo.InvariantCulture, $"left out: {result.SameFiles.Count} files that another source has too\n");
        text.Append(CultureInfo.InvariantCulture, $"copies across sources: {result.Copies.Count} groups that agree, ");
        text.Append(CultureInfo.InvariantCulture, $"{result.Contradictions.Count} that contradict each other\n");
        foreach (var kind in result.Contradictions.GroupBy(contradiction => contradiction.InWords).OrderByDescending(kind => kind.Count()))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {kind.Key}: {kind.Count()} groups of {kind.Sum(group => group.Images.Count)} images\n");
            foreach (var pair in kind.SelectMany(group => group.Pairs).Take(Shown))
                text.Append(CultureInfo.InvariantCulture, $"    {pair.First}\n    {pair.Second}: {(pair.Change.Length > 0 ? pair.Change : "by way of other copies")}\n");
            if (kind.Sum(group => group.Pairs.Count) > Shown) text.Append("    …; --format json lists all\n");
        }
        return text.Append(CultureInfo.InvariantCulture,
            $"{target}: {result.Manifest.Rows.Count} images, {result.Manifest.Dropped.Count} left out; the column note says why").ToString();
    }

    /// <summary>Tells what could not be compared.</summary>
    public static void Warn(MergeResult result)
    {
        foreach (var file in result.Unreadable.Take(Shown)) Console.Error.WriteLine($"not compared with the others: {file.Reason}");
        if (result.Unreadable.Count > Shown)
            Console.Error.WriteLine($"not compared with the others: {result.Unreadable.Count - Shown} more; --format json lists all.");
    }
}
