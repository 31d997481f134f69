using System.Globalization;
using System.Text;
using Gyrus.Data.Manifests;
using Gyrus.Data.Sources;
using Gyrus.Data.Splits;

namespace Gyrus.Cli.Commands.Data;

/// <summary>What a split cannot do, and what is to be known of it, in words.</summary>
internal static class SplitFindingsText
{
    /// <summary>A line for each thing that may make figures on the split wrong.</summary>
    public static IEnumerable<string> Warnings(SplitFindings found, Manifest split, SplitOptions options)
    {
        if (found.WithoutValue.Count > 0)
        {
            var columns = string.Join(" or ", options.Columns);
            yield return $"Warning: {found.WithoutValue.Count} of {split.Rows.Count} images have no value in the column {columns}, so they stay "
                + $"with their copies alone: what else belongs to the same {columns} may be on another side. The first: {found.WithoutValue[0].Path}";
        }
        if (found.DrawnAlong.Count > 0)
        {
            yield return $"{found.DrawnAlong.Count} images are in the test part since they are in a group with what is held out: "
                + string.Join(", ", found.DrawnAlong.CountBy(row => split.Value(row, KnownColumns.Source)).OrderByDescending(source => source.Value)
                    .Select(source => $"{source.Value} of {(source.Key.Length > 0 ? source.Key : "no source")}"))
                + $". The first: {found.DrawnAlong[0].Path}";
        }
        // A fold of a source lacks whatever the source lacks, which the table of sources says.
        if (options.SourceFolds) yield break;
        foreach (var warning in SplitGapText.Warnings(split)) yield return warning;
    }

    /// <summary>The sources of each fold where the sources are the folds, and which labels come from which sources.</summary>
    public static string Render(SplitFindings found, SplitOptions options)
    {
        var text = new StringBuilder();
        if (options.SourceFolds)
        {
            text.Append('\n');
            for (int fold = 0; fold < found.FoldSources.Count; fold++)
                text.Append(CultureInfo.InvariantCulture, $"\nfold {fold}: {string.Join(", ", found.FoldSources[fold])}");
        }
        var sources = SourceTableText.Render(found.Sources);
        return text.Append(sources.Length > 0 ? "\n" + sources : "").ToString();
    }
}
