using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Data.Tests.Splits;

public sealed class GroupedSplitTests
{
    private static readonly Gen<(double Val, double Test)> Shares =
        from val in Gen.Choose(0, 9)
        from test in Gen.Choose(0, 9)
        select (val / 20.0, test / 20.0);

    [Fact]
    public void Grouped_places_every_image_and_no_group_on_two_sides() =>
        Prop.ForAll(MadeUpSets.MixedGroups.ToArbitrary(), Shares.ToArbitrary(), (set, shares) =>
        {
            var split = DatasetSplit.Grouped(set, seed: 5, shares.Val, shares.Test);

            Assert.Equal(set.Rows, split.Rows.Select(row => row with { Split = Split.None }));
            Assert.All(
                split.Rows.GroupBy(row => row.Group), group => Assert.Single(group.Select(row => row.Split).Distinct()));
            List<Split> wanted =
                [Split.Train, .. shares.Val > 0 ? [Split.Val] : (Split[])[], .. shares.Test > 0 ? [Split.Test] : (Split[])[]];
            Assert.Equal(wanted, split.Rows.Select(row => row.Split).Distinct().Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Grouped_is_off_each_label_s_share_by_the_largest_group_at_most() =>
        Prop.ForAll(MadeUpSets.PureGroups.ToArbitrary(), Shares.ToArbitrary(), (set, shares) =>
        {
            var split = DatasetSplit.Grouped(set, seed: 5, shares.Val, shares.Test);

            foreach (var label in split.Rows.GroupBy(row => row.Label))
            {
                double largest = label.CountBy(row => row.Group).Max(group => group.Value) + 1e-9;
                double Off(Split part, double share) =>
                    Math.Abs(label.Count(row => row.Split == part) - (share * label.Count()));
                Assert.InRange(Off(Split.Val, shares.Val), 0, largest);
                Assert.InRange(Off(Split.Test, shares.Test), 0, largest);
                Assert.InRange(Off(Split.Train, 1 - shares.Val - shares.Test), 0, largest);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Grouped_gives_a_large_set_with_large_mixed_groups_each_label_in_its_share()
    {
        var random = new Random(4);
        var set = MadeUpSets.Of([.. Enumerable.Range(0, 900).Select(i => (
            $"{i}", Enumerable.Range(0, i % 100 == 0 ? 40 : 1 + random.Next(4))
                .Select(_ => PublishedLabels.Set[random.Next(3) == 0 ? random.Next(7) : i % 7].Name).ToArray()))]);

        var split = DatasetSplit.Grouped(set, seed: 1, 0.15, 0.2);

        foreach (var label in split.Rows.GroupBy(row => row.Label))
        {
            Assert.InRange(label.Count(row => row.Split == Split.Val) / (double)label.Count(), 0.145, 0.155);
            Assert.InRange(label.Count(row => row.Split == Split.Test) / (double)label.Count(), 0.195, 0.205);
        }
    }

    [Fact]
    public void Grouped_and_Folds_give_each_label_of_each_source_its_share()
    {
        var set = MadeUpSets.Of([.. Enumerable.Range(0, 300).Select(i => ($"{i}", Enumerable.Repeat(i % 2 == 0 ? "mri_glioma" : "mri_healthy", 1 + (i % 3)).ToArray()))]);
        set = set with
        {
            MoreColumns = ["source"],
            Rows = [.. set.Rows.Select(row => row with { More = new([int.Parse(row.Group, null) < 240 ? "large" : "small"]) })],
        };

        var split = DatasetSplit.Grouped(set, seed: 1, 0.2, 0.2);
        var folds = DatasetSplit.Folds(set, folds: 5, seed: 1);

        foreach (var kind in set.Rows.GroupBy(row => (row.Label, set.Value(row, "source"))))
        {
            double all = kind.Count();
            var paths = kind.Select(row => row.Path).ToHashSet();
            foreach (var part in (Split[])[Split.Val, Split.Test])
                Assert.InRange(split.Rows.Count(row => paths.Contains(row.Path) && row.Split == part) / all, 0.15, 0.25);
            for (int fold = 0; fold < 5; fold++) Assert.InRange(folds.Rows.Count(row => paths.Contains(row.Path) && row.Fold == fold) / all, 0.15, 0.25);
        }
    }

    [Fact]
    public void Grouped_and_Folds_follow_from_the_seed_and_not_from_the_order_of_rows() =>
        Prop.ForAll(
            MadeUpSets.MixedGroups.ToArbitrary(), Gen.Choose(0, 1000).ToArbitrary(), (set, seed) =>
            {
                var shuffled = set.Shuffled(seed + 1);

                Assert.Equal(
                    Places(DatasetSplit.Grouped(set, seed, 0.2, 0.2)), Places(DatasetSplit.Grouped(shuffled, seed, 0.2, 0.2)));
                Assert.Equal(Places(DatasetSplit.Folds(set, 3, seed)), Places(DatasetSplit.Folds(shuffled, 3, seed)));
                Assert.Equal(
                    Places(DatasetSplit.RandomFolds(set, 3, seed)), Places(DatasetSplit.RandomFolds(shuffled, 3, seed)));
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Grouped_and_Folds_of_another_seed_are_others()
    {
        var set = MadeUpSets.Of([.. Enumerable.Range(0, 50).Select(i => ($"{i}", (string[])["ct_tumor"]))]);

        Assert.NotEqual(Places(DatasetSplit.Grouped(set, 1, 0.2, 0.2)), Places(DatasetSplit.Grouped(set, 2, 0.2, 0.2)));
        Assert.NotEqual(Places(DatasetSplit.Folds(set, 5, 1)), Places(DatasetSplit.Folds(set, 5, 2)));
        Assert.NotEqual(Places(DatasetSplit.RandomFolds(set, 5, 1)), Places(DatasetSplit.RandomFolds(set, 5, 2)));
    }

    [Fact]
    public void Folds_deal_every_group_to_one_fold_and_leave_no_fold_empty() =>
        Prop.ForAll(MadeUpSets.MixedGroups.ToArbitrary(), Gen.Choose(3, 10).ToArbitrary(), (set, wanted) =>
        {
            int folds = Math.Min(wanted, set.Rows.DistinctBy(row => row.Group).Count());

            var split = DatasetSplit.Folds(DatasetSplit.Grouped(set, 1, 0.1, 0.1), folds, seed: 2);

            Assert.Equal(set.Rows, split.Rows.Select(row => row with { Fold = null }));
            Assert.All(
                split.Rows.GroupBy(row => row.Group), group => Assert.Single(group.Select(row => row.Fold).Distinct()));
            Assert.Equal(Enumerable.Range(0, folds).Cast<int?>(), split.Rows.Select(row => row.Fold).Distinct().Order());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Folds_are_off_each_label_s_share_by_the_largest_group_at_most() =>
        Prop.ForAll(MadeUpSets.PureGroups.ToArbitrary(), Gen.Choose(3, 6).ToArbitrary(), (set, folds) =>
        {
            var split = DatasetSplit.Folds(set, folds, seed: 2);

            foreach (var label in split.Rows.GroupBy(row => row.Label))
            {
                double largest = label.CountBy(row => row.Group).Max(group => group.Value) + 1e-9;
                for (int fold = 0; fold < folds; fold++)
                    Assert.InRange(Math.Abs(label.Count(row => row.Fold == fold) - (label.Count() / (double)folds)), 0, largest);
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void RandomFolds_keep_the_same_bytes_together_and_split_groups()
    {
        var rows = Enumerable.Range(0, 40).Select(i => MadeUpSets.Row(i / 2, "ct_tumor") with
        {
            Path = $"{i}.png",
            Group = $"{i / 10}",
        });

        var split = DatasetSplit.RandomFolds(new Manifest("/data", [.. rows]), 4, seed: 1);

        Assert.All(split.Rows.GroupBy(row => row.Sha256), same => Assert.Single(same.Select(row => row.Fold).Distinct()));
        Assert.Contains(split.Rows.GroupBy(row => row.Group), group => group.Select(row => row.Fold).Distinct().Count() > 1);
        Assert.All(split.Rows.GroupBy(row => row.Fold), fold => Assert.Equal(10, fold.Count()));
    }

    [Theory]
    [InlineData(-0.1, 0.1)]
    [InlineData(0.1, -0.1)]
    [InlineData(0.5, 0.5)]
    [InlineData(0, 1)]
    [InlineData(double.NaN, 0.1)]
    [InlineData(0.1, double.PositiveInfinity)]
    public void Grouped_with_shares_that_leave_nothing_is_refused(double val, double test) =>
        Assert.Contains("share", Refused(() => DatasetSplit.Grouped(Three(), 1, val, test)), StringComparison.Ordinal);

    [Fact]
    public void Grouped_of_fewer_groups_than_parts_is_refused()
    {
        var two = MadeUpSets.Of(("a", ["ct_tumor", "ct_tumor"]), ("b", ["ct_healthy"]));

        Assert.Contains("2 groups", Refused(() => DatasetSplit.Grouped(two, 1, 0.1, 0.1)), StringComparison.Ordinal);
        Assert.Equal(2, DatasetSplit.Grouped(two, 1, 0, 0.1).Rows.Select(row => row.Split).Distinct().Count());
    }

    [Theory]
    [InlineData(2, "3 or more")]
    [InlineData(-1, "3 or more")]
    [InlineData(4, "only 3 groups")]
    public void Folds_of_a_number_that_cannot_be_are_refused(int folds, string why)
    {
        Assert.Contains(why, Refused(() => DatasetSplit.Folds(Three(), folds, 1)), StringComparison.Ordinal);
        Assert.Contains(why, Refused(() => DatasetSplit.RandomFolds(Three(), folds, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Grouped_and_Folds_of_images_in_no_group_are_refused()
    {
        var set = Three() with { Rows = [.. Three().Rows, MadeUpSets.Row(7, "ct_tumor")] };

        Assert.Contains("0007.png", Refused(() => DatasetSplit.Grouped(set, 1, 0.1, 0.1)), StringComparison.Ordinal);
        Assert.Contains("0007.png", Refused(() => DatasetSplit.Folds(set, 3, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_and_folds_do_not_stand_beside_each_other()
    {
        var folds = DatasetSplit.Folds(Three(), 3, 1);

        Assert.All(DatasetSplit.Grouped(folds, 1, 0.1, 0.1).Rows, row => Assert.Null(row.Fold));
        Assert.All(DatasetSplit.Stratified(folds, 1, 0.1, 0.1).Rows, row => Assert.Null(row.Fold));
        Assert.All(
            DatasetSplit.Folds(DatasetSplit.Grouped(folds, 1, 0.1, 0.1), 3, 1).Rows, row => Assert.Equal(Split.None, row.Split));
    }

    private static Manifest Three() => MadeUpSets.Of(("a", ["ct_tumor"]), ("b", ["ct_healthy"]), ("c", ["mri_glioma"]));

    private static string Refused(Action act) => Assert.Throws<GyrusException>(act).Message;

    private static Dictionary<string, (Split Split, int? Fold)> Places(Manifest manifest) =>
        manifest.Rows.ToDictionary(row => row.Path, row => (row.Split, row.Fold));
}
