using Gyrus.Data.Copies;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;
using Gyrus.Data.Selecting;
using Gyrus.Data.Splits;
using Gyrus.Data.Tests.Splits;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Selecting;

public sealed class RowSelectionTests
{
    private static readonly Manifest Set = new("/data", [
        Row(0, "ct_tumor", "haemorrhage"), Row(1, "ct_tumor", "normal"), Row(2, "ct_healthy", "haemorrhage"), Row(3, "ct_healthy", "")])
    {
        MoreColumns = ["finding"],
    };

    [Fact]
    public void Without_leaves_out_what_has_all_values_of_a_condition_and_says_why()
    {
        var selected = RowSelection.Without(Set, [Where(("finding", "haemorrhage"), ("label", "ct_tumor"))]);

        Assert.Equal(["0001.png", "0002.png", "0003.png"], selected.Rows.Select(row => row.Path));
        var dropped = Assert.Single(selected.Dropped);
        Assert.Equal(("0000.png", "left out: finding is haemorrhage, label is ct_tumor", true), (dropped.Path, dropped.Note, dropped.LeftOut));
    }

    [Fact]
    public void Without_several_conditions_leaves_out_what_any_of_them_holds_for()
    {
        var selected = RowSelection.Without(Set, [Where(("finding", "normal")), Where(("label", "ct_healthy"))]);

        Assert.Equal("0000.png", Assert.Single(selected.Rows).Path);
        Assert.Equal(3, selected.Dropped.Count);
    }

    [Fact]
    public void What_was_left_out_stays_so_through_a_file_and_a_split_which_takes_back_only_what_splits_dropped()
    {
        using var folder = new TempFolder();
        var selected = RowSelection.Without(Set, [Where(("finding", "normal"))]);
        var copies = new CopyReport([MadeUpSets.Copies("0000.png", "0002.png")], []);
        DatasetSplit.Run(selected, copies, new SplitOptions { ResolveLabels = true, TestShare = 0, ValShare = 0 }).Save(folder.File("a.csv"));

        var resolved = Manifest.Load(folder.File("a.csv"));
        var again = LabelResolution.AsPublished(resolved);

        Assert.Equal(["0000.png", "0001.png", "0002.png"], resolved.Dropped.Select(row => row.Path).Order());
        Assert.Equal(["0000.png", "0002.png", "0003.png"], again.Rows.Select(row => row.Path).Order());
        Assert.Equal("left out: finding is normal", Assert.Single(again.Dropped).Note);
    }

    [Theory]
    [InlineData("origin", "figshare", "no column 'origin'. Name one of label, split, published, mode, finding")]
    [InlineData("finding", "stroke", "no image of which finding is stroke")]
    [InlineData("mode", "L", "hold for every image")]
    public void Without_what_cannot_be_meant_is_refused(string column, string value, string why)
    {
        var error = Assert.Throws<GyrusException>(() => RowSelection.Without(Set, [Where((column, value))]));

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    private static RowCondition Where(params (string Column, string Value)[] values) => new(values.ToDictionary(value => value.Column, value => value.Value));

    private static ManifestRow Row(int number, string label, string finding) => MadeUpSets.Row(number, label) with { More = new([finding]) };
}
