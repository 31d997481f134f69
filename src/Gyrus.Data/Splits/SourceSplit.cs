using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>Splits that show what a model makes of images from elsewhere: a source that no image of was trained on.</summary>
public static class SourceSplit
{
    /// <summary>Puts whole sources, or whatever else conditions hold for, into the test part, with all that is in their groups; the rest is training
    /// and validation, each label in its share as near as the groups' sizes allow.</summary>
    /// <param name="manifest">The data set, its rows in groups: <see cref="ScanGroups.Assign"/>.</param>
    /// <param name="heldOut">An image that any of these holds for is held out.</param>
    /// <param name="seed">The same seed gives the same parts, in whatever order the rows are.</param>
    /// <param name="valShare">Share of the validation part among what is not held out, 0 or more.</param>
    /// <exception cref="GyrusException">A column is not there, a condition holds for no image, or nothing is left to learn from.</exception>
    public static Manifest HoldOut(Manifest manifest, IReadOnlyList<RowCondition> heldOut, int seed, double valShare)
    {
        Require(manifest, heldOut);
        var groups = manifest.Rows.Where(row => heldOut.Any(condition => condition.Holds(manifest, row))).Select(row => row.Group).ToHashSet();
        var rest = manifest with { Rows = [.. manifest.Rows.Where(row => !groups.Contains(row.Group))] };
        if (rest.Rows.Count == 0)
            throw new GyrusException("All images are in a group with what is held out, so nothing is left to learn from. Hold out less.");
        var placed = DatasetSplit.Grouped(rest, seed, valShare, testShare: 0).Rows.ToDictionary(row => row.Path, row => row.Split);
        return manifest with
        {
            Rows = [.. manifest.Rows.Select(row => row with { Split = placed.GetValueOrDefault(row.Path, Split.Test), Fold = null })],
        };
    }

    /// <summary>The images of a test part that are there for their group's sake: no condition holds for them.</summary>
    /// <param name="manifest">The data set, split by <see cref="HoldOut"/>.</param>
    /// <param name="heldOut">As given there.</param>
    public static IReadOnlyList<ManifestRow> DrawnAlong(Manifest manifest, IReadOnlyList<RowCondition> heldOut)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return heldOut.Count == 0 ? []
            : [.. manifest.Rows.Where(row => row.Split == Split.Test && !heldOut.Any(condition => condition.Holds(manifest, row)))];
    }

    /// <summary>Makes each source a fold, to be tested on by a model that saw the others alone. Sources that share a group, such as copies of one
    /// scan, fall together, and so do those that are said to. The parts are emptied.</summary>
    /// <param name="manifest">The data set, its rows in groups: <see cref="ScanGroups.Assign"/>.</param>
    /// <param name="together">Sources that are one fold.</param>
    /// <returns>The folds, numbered in the order of their first sources' names; <see cref="SourcesOfFolds"/> names them.</returns>
    /// <exception cref="GyrusException">There is no column <see cref="KnownColumns.Source"/>, an unknown source is named, or fewer than 3 folds
    /// come of it.</exception>
    public static Manifest Folds(Manifest manifest, IReadOnlyList<IReadOnlyList<string>> together)
    {
        Require(manifest, together);
        var sources = Sources(manifest);
        var links = new Links(sources.Count);
        foreach (var group in manifest.Rows.GroupBy(row => row.Group).Select(group => group.Select(Of).Distinct().ToList())) Join(group);
        foreach (var named in together) Join(named);
        int[] roots = [.. sources.Select((_, place) => links.Root(place)).Distinct()];
        if (roots.Length < DatasetSplit.LeastFolds)
        {
            throw new GyrusException($"The {sources.Count} sources ({string.Join(", ", sources)}) make {roots.Length} folds, since copies or people of one are in another, and "
                + $"{DatasetSplit.LeastFolds} are the fewest: to test on, to choose on, to train on. Hold one of them out instead.");
        }
        return manifest with
        {
            Rows = [.. manifest.Rows.Select(row => row with
            {
                Split = Split.None, Fold = Array.IndexOf(roots, links.Root(sources.IndexOf(Of(row)))),
            })],
        };

        string Of(ManifestRow row) => manifest.Value(row, KnownColumns.Source);

        void Join(IReadOnlyList<string> names)
        {
            foreach (var name in names) links.Join(sources.IndexOf(names[0]), sources.IndexOf(name));
        }
    }

    /// <summary>The sources of each fold, in the folds' order.</summary>
    /// <param name="manifest">The data set, in folds.</param>
    public static IReadOnlyList<IReadOnlyList<string>> SourcesOfFolds(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return [.. manifest.Rows.Where(row => row.Fold is not null).GroupBy(row => row.Fold!.Value).OrderBy(fold => fold.Key)
            .Select(fold => (IReadOnlyList<string>)[.. fold.Select(row => manifest.Value(row, KnownColumns.Source)).Distinct().Order(StringComparer.Ordinal)])];
    }

    /// <summary>Checks what can be told before the copies are looked for.</summary>
    internal static void Require(Manifest manifest, IReadOnlyList<RowCondition> heldOut)
    {
        foreach (var condition in heldOut)
        {
            condition.Require(manifest);
            if (!manifest.Rows.Any(row => condition.Holds(manifest, row)))
                throw new GyrusException($"There is no image of which {condition}, so there is nothing to hold out.{Known(manifest, condition)}");
        }
    }

    /// <summary>Checks what can be told before the copies are looked for.</summary>
    internal static void Require(Manifest manifest, IReadOnlyList<IReadOnlyList<string>> together)
    {
        if (manifest.PlaceOf(KnownColumns.Source) < 0)
        {
            throw new GyrusException(
                $"The manifest has no column '{KnownColumns.Source}' to make folds of. Add it to the CSV file, or merge data sets, which names them.");
        }
        var sources = Sources(manifest);
        if (together.SelectMany(named => named).FirstOrDefault(name => !sources.Contains(name)) is { } unknown)
            throw new GyrusException($"There is no source '{unknown}' to keep together with others. The sources are {string.Join(", ", sources)}.");
    }

    private static List<string> Sources(Manifest manifest) =>
        [.. manifest.Rows.Select(row => manifest.Value(row, KnownColumns.Source)).Distinct().Order(StringComparer.Ordinal)];

    private static string Known(Manifest manifest, RowCondition condition)
    {
        if (condition.Values.Count != 1 || manifest.PlaceOf(condition.Values.Keys.Single()) < 0) return "";
        const int Shown = 20;
        string[] values = [.. manifest.Rows.Select(row => manifest.Value(row, condition.Values.Keys.Single())).Distinct().Order(StringComparer.Ordinal)];
        return $" The values there are {string.Join(", ", values.Take(Shown))}{(values.Length > Shown ? ", …" : "")}.";
    }
}
