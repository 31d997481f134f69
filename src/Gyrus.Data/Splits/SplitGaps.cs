using System.Globalization;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>Finds what a split cannot teach, choose or test.</summary>
public static class SplitGaps
{
    private static readonly Split[] Parts = [Split.Train, Split.Val, Split.Test];

    /// <summary>Which label of the data set is missing in which place: in a part that is used, or in a fold.</summary>
    /// <param name="manifest">The data set, split.</param>
    public static IReadOnlyList<SplitGap> Find(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var places = Used(manifest);
        return [.. manifest.Rows.GroupBy(row => row.Label).OrderBy(label => label.Key, StringComparer.Ordinal)
            .SelectMany(label => places.Except(label.Select(Place)).Select(place => new SplitGap(
                label.Key, place, label.Select(row => row.Group).Where(group => group.Length > 0).Distinct().Count())))];
    }

    /// <summary>The parts that are empty, in a data set that is split into parts: training, validation, test.</summary>
    /// <param name="manifest">The data set, split.</param>
    public static IReadOnlyList<Split> EmptyParts(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return manifest.Rows.Any(row => row.Fold is not null) ? []
            : [.. Parts.Where(part => manifest.Rows.All(row => row.Split != part))];
    }

    private static List<string> Used(Manifest manifest) =>
        [.. manifest.Rows.Where(row => row.Fold is not null || row.Split != Split.None)
            .DistinctBy(Place).OrderBy(row => row.Fold ?? -1).ThenBy(row => row.Split).Select(Place)];

    private static string Place(ManifestRow row) => row.Fold is { } fold
        ? string.Create(CultureInfo.InvariantCulture, $"fold {fold}") : SplitNames.Name(row.Split);
}
