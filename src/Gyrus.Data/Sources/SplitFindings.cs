using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;

namespace Gyrus.Data.Sources;

/// <summary>What is to be known of a split before figures on it are believed.</summary>
/// <param name="WithoutValue">Images that the columns say nothing of by which others stay together.</param>
/// <param name="DrawnAlong">Images of the test part that are not what was held out, and are in a group with it.</param>
/// <param name="FoldSources">The sources of each fold; empty where there are no folds.</param>
/// <param name="Sources">Which labels come from which sources.</param>
public sealed record SplitFindings(
    IReadOnlyList<ManifestRow> WithoutValue,
    IReadOnlyList<ManifestRow> DrawnAlong,
    IReadOnlyList<IReadOnlyList<string>> FoldSources,
    SourceTable Sources)
{
    /// <summary>Looks at a split.</summary>
    /// <param name="split">The data set, split.</param>
    /// <param name="options">How it was.</param>
    public static SplitFindings Of(Manifest split, SplitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SplitFindings(
            ScanGroups.WithoutValue(split, options.Columns), SourceSplit.DrawnAlong(split, options.HeldOut), SourceSplit.SourcesOfFolds(split),
            SourceTable.Of(split));
    }
}
