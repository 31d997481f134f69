using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Xunit;

namespace Gyrus.Data.Tests.Splits;

public sealed class SourceSplitTests
{
    private static readonly Gen<Manifest> Sets =
        from groups in Gen.Choose(0, 7).NonEmptyListOf().NonEmptyListOf()
        select Of([.. groups.Select((sources, i) => ($"g{i}", sources.Select(source => $"s{source}").ToArray()))]);

    [Fact]
    public void HoldOut_tests_on_the_source_and_its_groups_alone_and_parts_no_group() => Prop.ForAll(Sets.ToArbitrary(), set =>
    {
        var heldOut = set.Value(set.Rows[0], KnownColumns.Source);
        var groups = set.Rows.Where(row => set.Value(row, KnownColumns.Source) == heldOut).Select(row => row.Group).ToHashSet();
        if (set.Rows.All(row => groups.Contains(row.Group))) return;

        var split = SourceSplit.HoldOut(set, [Where("source", heldOut)], seed: 1, valShare: 0);

        Assert.All(split.Rows, row => Assert.Equal(groups.Contains(row.Group) ? Split.Test : Split.Train, row.Split));
        Assert.Equal(
            split.Rows.Where(row => row.Split == Split.Test && split.Value(row, KnownColumns.Source) != heldOut),
            SourceSplit.DrawnAlong(split, [Where("source", heldOut)]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void HoldOut_draws_validation_from_the_rest_in_its_share()
    {
        var set = Of([.. Enumerable.Range(0, 40).Select(i => ($"g{i}", (string[])[i < 10 ? "out" : "in"]))]);

        var split = SourceSplit.HoldOut(set, [Where("source", "out")], seed: 1, valShare: 0.2);

        Assert.Equal((24, 6, 10), (Count(Split.Train), Count(Split.Val), Count(Split.Test)));

        int Count(Split part) => split.Rows.Count(row => row.Split == part);
    }

    [Fact]
    public void Folds_partition_the_images_keep_groups_whole_and_join_only_what_groups_link() => Prop.ForAll(Sets.ToArbitrary(), set =>
    {
        var components = Components(set);
        if (components.Count < 3)
        {
            Assert.Contains("are the fewest", Assert.Throws<GyrusException>(() => SourceSplit.Folds(set, [])).Message, StringComparison.Ordinal);
            return;
        }

        var split = SourceSplit.Folds(set, []);

        Assert.Equal(set.Rows, split.Rows.Select(row => row with { Fold = null }));
        Assert.Equal(Enumerable.Range(0, components.Count).Select(fold => (int?)fold), split.Rows.Select(row => row.Fold).Distinct().Order());
        Assert.All(split.Rows.GroupBy(row => row.Group), group => Assert.Single(group.Select(row => row.Fold).Distinct()));
        Assert.Equal(
            components.Select(component => string.Join(' ', component.Order())).Order(),
            SourceSplit.SourcesOfFolds(split).Select(sources => string.Join(' ', sources)).Order());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Folds_keep_sources_together_that_are_said_to_be()
    {
        var set = Of(("1", ["a"]), ("2", ["b"]), ("3", ["c"]), ("4", ["d"]));

        var split = SourceSplit.Folds(set, [["d", "a"]]);

        Assert.Equal(["a d", "b", "c"], SourceSplit.SourcesOfFolds(split).Select(sources => string.Join(' ', sources)));
    }

    [Theory]
    [InlineData("e", "no source 'e' to keep together with others. The sources are a, b, c")]
    public void Folds_of_an_unknown_source_name_those_that_there_are(string source, string why)
    {
        var error = Assert.Throws<GyrusException>(() => SourceSplit.Folds(Of(("1", ["a"]), ("2", ["b"]), ("3", ["c"])), [["a", source]]));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Splits_by_sources_of_what_is_not_there_are_refused()
    {
        var bare = MadeUpSets.Of(("1", ["ct_tumor"]), ("2", ["ct_tumor"]), ("3", ["ct_tumor"]));
        var set = Of(("1", ["a"]), ("1", ["b"]));

        Assert.Contains("no column 'source'", Assert.Throws<GyrusException>(() => SourceSplit.Folds(bare, [])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "no image of which source is c, so there is nothing to hold out. The values there are a, b.",
            Assert.Throws<GyrusException>(() => SourceSplit.HoldOut(set, [Where("source", "c")], 1, 0)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "nothing is left to learn from",
            Assert.Throws<GyrusException>(() => SourceSplit.HoldOut(set, [Where("source", "a")], 1, 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_says_in_the_manifest_how_it_split_by_sources()
    {
        var set = Of(("1", ["a"]), ("2", ["b"]), ("3", ["c"]), ("4", ["d"]));
        var none = new CopyReport([], []);

        var folds = DatasetSplit.Run(set, none, new SplitOptions { SourceFolds = true, Together = [["a", "b"]], Columns = ["patient", "site"] });
        var heldOut = DatasetSplit.Run(set, none, new SplitOptions { HeldOut = [Where("source", "a"), Where("source", "b")], ValShare = 0.5 });

        Assert.Equal("patient+site, a fold a source, together a+b", folds.SplitBy);
        Assert.Equal("group, held out where source is a or source is b, seed 1, val 0.5", heldOut.SplitBy);
        Assert.Equal([Split.Test, Split.Test], heldOut.Rows.Take(2).Select(row => row.Split));
    }

    private static RowCondition Where(string column, string value) => new(new Dictionary<string, string> { [column] = value });

    private static Manifest Of(params (string Group, string[] Sources)[] groups) => new("/data", [.. groups
        .SelectMany(group => group.Sources.Select(source => (group.Group, source)))
        .Select((image, i) => MadeUpSets.Row(i, "mri_glioma") with { Group = image.Group, More = new([image.source, "", ""]) })])
    {
        MoreColumns = ["source", "patient", "site"],
    };

    /// <summary>The sources that groups link, by hand: sets are joined until none overlap.</summary>
    private static List<HashSet<string>> Components(Manifest set)
    {
        var components = set.Rows.GroupBy(row => row.Group)
            .Select(group => group.Select(row => set.Value(row, KnownColumns.Source)).ToHashSet()).ToList();
        for (int i = 0; i < components.Count; i++)
        {
            while (components.FindIndex(i + 1, components[i].Overlaps) is > 0 and var other)
            {
                components[i].UnionWith(components[other]);
                components.RemoveAt(other);
            }
        }
        return components;
    }
}
