using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Xunit;

namespace Gyrus.Data.Tests.Splits;

public sealed class SplitGapsTests
{
    [Fact]
    public void A_label_of_three_groups_is_in_all_three_parts()
    {
        var set = MadeUpSets.Of(
            [.. Patients("mri_tumor", 20, 5), ("a", Images("mri_healthy", 9)), ("b", Images("mri_healthy", 4)),
                ("c", Images("mri_healthy", 4))]);

        var split = DatasetSplit.Grouped(set, seed: 1, valShare: 0.15, testShare: 0.15);

        Assert.Empty(SplitGaps.Find(split));
        Assert.Empty(SplitGaps.EmptyParts(split));
    }

    [Fact]
    public void A_label_of_two_groups_is_told_with_the_part_that_it_is_missing_in()
    {
        var set = MadeUpSets.Of(
            [.. Patients("mri_tumor", 20, 5), ("a", Images("mri_healthy", 9)), ("b", Images("mri_healthy", 9))]);

        var gap = Assert.Single(SplitGaps.Find(DatasetSplit.Grouped(set, seed: 1, valShare: 0.15, testShare: 0.15)));

        Assert.Equal(("mri_healthy", 2), (gap.Label, gap.Groups));
    }

    [Fact]
    public void A_published_split_without_validation_is_told()
    {
        var set = MadeUpSets.Of([.. Patients("mri_tumor", 4, 1)]);
        var published = set with
        {
            Rows = [.. set.Rows.Select((row, i) => row with { Published = i % 2 == 0 ? Split.Train : Split.Test })],
        };

        Assert.Equal([Split.Val], SplitGaps.EmptyParts(DatasetSplit.Published(published)));
    }

    private static IEnumerable<(string Group, string[] Labels)> Patients(string label, int number, int images) =>
        Enumerable.Range(0, number).Select(patient => ($"{label}-{patient}", Images(label, images)));

    private static string[] Images(string label, int number) => [.. Enumerable.Repeat(label, number)];
}
