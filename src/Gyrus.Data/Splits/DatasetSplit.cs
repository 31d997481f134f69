using Gyrus.Data.Copies;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>Puts images into the training, validation and test parts.</summary>
public static class DatasetSplit
{
    /// <summary>The fewest folds: one to test on, one to choose the epoch on, the rest to train on.</summary>
    internal const int LeastFolds = 3;

    /// <summary>Splits a data set: labels first, then groups, then parts or folds.</summary>
    /// <param name="manifest">The data set; what an earlier split did to labels is undone.</param>
    /// <param name="copies">The copies in it, dropped images included.</param>
    /// <param name="options">How.</param>
    /// <exception cref="GyrusException">The options do not fit one another or the data set.</exception>
    public static Manifest Run(Manifest manifest, CopyReport copies, SplitOptions options)
    {
        ArgumentNullException.ThrowIfNull(copies);
        Check(manifest, options);
        var labelled = options.ResolveLabels
            ? LabelResolution.Resolve(manifest, copies.Groups) : LabelResolution.AsPublished(manifest);
        var grouped = ScanGroups.Assign(labelled, copies, options.Columns);
        var split = (options.Kind, options.Folds) switch
        {
            (SplitKind.Published, _) => options.CarvedValShare is { } share
                ? CarvedValidation.Carve(Published(grouped), share, options.Seed) : Published(grouped),
            (SplitKind.Random, { } folds) => RandomFolds(grouped, folds, options.Seed),
            (SplitKind.Random, null) => Stratified(grouped, options.Seed, options.ValShare, options.TestShare),
            (_, { } folds) => Folds(grouped, folds, options.Seed),
            _ when options.SourceFolds => SourceSplit.Folds(grouped, options.Together),
            _ when options.HeldOut.Count > 0 => SourceSplit.HoldOut(grouped, options.HeldOut, options.Seed, options.ValShare),
            (_, null) => Grouped(grouped, options.Seed, options.ValShare, options.TestShare),
        };
        return split with { SplitBy = options.ToString() };
    }

    /// <summary>Checks all that can be told before the copies are looked for, which takes long.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="options">How it is to be split.</param>
    /// <exception cref="GyrusException">The options do not fit one another or the data set.</exception>
    public static void Check(Manifest manifest, SplitOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ScanGroups.WithoutValue(manifest, options.Columns);
        if (options.Kind == SplitKind.Published)
        {
            RequirePublished(manifest);
            if (options.CarvedValShare is { } share) CarvedValidation.Check(manifest, share);
        }
        else if (options.Folds is { } folds)
        {
            RequireFolds(folds);
        }
        else if (options.SourceFolds)
        {
            SourceSplit.Require(manifest, options.Together);
        }
        else if (options.HeldOut.Count > 0)
        {
            SourceSplit.Require(manifest, options.HeldOut);
            RequireShares(options.ValShare, 0, least: 0);
        }
        else
        {
            RequireShares(options.ValShare, options.TestShare, least: options.Kind == SplitKind.Random ? double.Epsilon : 0);
        }
    }

    /// <summary>Keeps every group on one side, each label of each source in its share of each part as near as the groups' sizes
    /// allow.</summary>
    /// <param name="manifest">The data set, its rows in groups: <see cref="ScanGroups.Assign"/>.</param>
    /// <param name="seed">The same seed gives the same parts, in whatever order the rows are.</param>
    /// <param name="valShare">Share of the images in the validation part, 0 or more.</param>
    /// <param name="testShare">Share in the test part, 0 or more; what is left is for training.</param>
    /// <exception cref="GyrusException">The shares leave nothing to train on, an image is in no group, or there are fewer
    /// groups than parts.</exception>
    public static Manifest Grouped(Manifest manifest, int seed, double valShare, double testShare)
    {
        RequireShares(valShare, testShare, least: 0);
        RequireGroups(manifest);
        Split[] parts = [Split.Train, Split.Val, Split.Test];
        double[] shares = [1 - valShare - testShare, valShare, testShare];
        int groups = manifest.Rows.Select(row => row.Group).Distinct().Count();
        int wanted = shares.Count(share => share > 0);
        if (groups < wanted)
        {
            throw new GyrusException(
                $"There are {groups} groups of images, too few for {wanted} parts: each must stay on one side.");
        }
        var places = GroupPlacement.Place(manifest.Rows, row => row.Group, LabelOfSource(manifest), shares, seed);
        return manifest with
        {
            Rows = [.. manifest.Rows.Select(row => row with { Split = parts[places[row.Group]], Fold = null })],
        };
    }

    /// <summary>Deals the groups out to the folds of a cross-validation, each label of each source evenly; the parts are
    /// emptied.</summary>
    /// <param name="manifest">The data set, its rows in groups: <see cref="ScanGroups.Assign"/>.</param>
    /// <param name="folds">How many, 3 or more: one to test on, one to choose the epoch on, the rest to train on.</param>
    /// <param name="seed">The same seed gives the same folds, in whatever order the rows are.</param>
    /// <exception cref="GyrusException">There are fewer than 3 folds, more folds than groups, or an image is in no
    /// group.</exception>
    public static Manifest Folds(Manifest manifest, int folds, int seed)
    {
        RequireGroups(manifest);
        return Folds(manifest, row => row.Group, folds, seed);
    }

    /// <summary>Folds that keep byte-for-byte copies together and no others; figures on them flatter.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="folds">How many, 3 or more.</param>
    /// <param name="seed">The same seed gives the same folds, in whatever order the rows are.</param>
    /// <exception cref="GyrusException">There are fewer than 3 folds, or more folds than different images.</exception>
    public static Manifest RandomFolds(Manifest manifest, int folds, int seed) =>
        Folds(manifest, row => row.Sha256, folds, seed);

    /// <summary>
    /// Draws the parts label by label, so that each part has each label in its share. Byte-for-byte copies stay
    /// together; near copies do not, and figures on such a split flatter.
    /// </summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="seed">The same seed gives the same parts, in whatever order the rows are.</param>
    /// <param name="valShare">Share of the images in the validation part, above 0.</param>
    /// <param name="testShare">Share in the test part, above 0; what is left is for training.</param>
    /// <exception cref="GyrusException">The shares leave nothing to train on.</exception>
    public static Manifest Stratified(Manifest manifest, int seed, double valShare, double testShare)
    {
        RequireShares(valShare, testShare, least: double.Epsilon);
        var parts = new Dictionary<string, Split>();

        // A copy under two labels is placed with the first of them, and once.
        var labels = manifest.Rows.GroupBy(row => row.Sha256)
            .Select(copies => (Sha256: copies.Key, Label: copies.Select(row => row.Label).Min(StringComparer.Ordinal)!));
        foreach (var label in labels.GroupBy(image => image.Label))
        {
            var hashes = label.Select(image => image.Sha256).Order(StringComparer.Ordinal).ToArray();
            new SeededRandom(SeedOf(seed, label.Key)).Shuffle(hashes);
            int val = (int)Math.Round(hashes.Length * valShare), test = (int)Math.Round(hashes.Length * testShare);
            for (int i = 0; i < hashes.Length; i++)
                parts[hashes[i]] = i < test ? Split.Test : i < test + val ? Split.Val : Split.Train;
        }
        return manifest with { Rows = [.. manifest.Rows.Select(row => row with { Split = parts[row.Sha256], Fold = null })] };
    }

    /// <summary>Puts each image into the part that the source put it in.</summary>
    /// <exception cref="GyrusException">The source named no parts.</exception>
    public static Manifest Published(Manifest manifest)
    {
        RequirePublished(manifest);
        return manifest with { Rows = [.. manifest.Rows.Select(row => row with { Split = row.Published, Fold = null })] };
    }

    private static Manifest Folds(Manifest manifest, Func<ManifestRow, string> groupOf, int folds, int seed)
    {
        RequireFolds(folds);
        int groups = manifest.Rows.Select(groupOf).Distinct().Count();
        if (folds > groups) throw new GyrusException($"{folds} folds, but there are only {groups} groups of images: give fewer.");
        var places = GroupPlacement.Place(manifest.Rows, groupOf, LabelOfSource(manifest), [.. Enumerable.Repeat(1.0 / folds, folds)], seed);
        return manifest with
        {
            Rows = [.. manifest.Rows.Select(row => row with { Split = Split.None, Fold = places[groupOf(row)] })],
        };
    }

    /// <summary>What is to have its share in each part: a label; where there are several sources, a label of a source, since figures on a part that a
    /// source is hardly in say nothing of it.</summary>
    internal static Func<ManifestRow, string> LabelOfSource(Manifest manifest)
    {
        int source = manifest.PlaceOf(KnownColumns.Source);
        return source < 0 ? row => row.Label : row => $"{row.Label}\n{row.More[source]}";
    }

    private static void RequireFolds(int folds)
    {
        if (folds < LeastFolds) throw new GyrusException($"{folds} folds: give {LeastFolds} or more.");
    }

    private static void RequireShares(double valShare, double testShare, double least)
    {
        if (valShare >= least && testShare >= least && valShare + testShare < 1) return;
        var limit = least > 0 ? "must be above 0" : "must not be below 0";
        throw new GyrusException(
            $"The validation share {valShare} and the test share {testShare} {limit}, and below 1 together.");
    }

    private static void RequirePublished(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Rows.All(row => row.Published == Split.None))
        {
            throw new GyrusException(
                "The source of this data set named no parts, so there is no published split. Split with a seed instead.");
        }
    }

    private static void RequireGroups(Manifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        if (manifest.Rows.FirstOrDefault(row => row.Group.Length == 0) is { } row)
            throw new GyrusException($"{row.Path}: the image is in no group, so nothing keeps its copies beside it.");
    }

    private static int SeedOf(int seed, string label) =>
        label.Aggregate(unchecked(seed * 486187739), (hash, letter) => unchecked((hash * 31) + letter));
}
