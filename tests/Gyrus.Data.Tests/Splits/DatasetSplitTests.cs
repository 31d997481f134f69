using Gyrus.Data.Manifests;
using Gyrus.Data.Splits;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Data.Tests.Splits;

public sealed class DatasetSplitTests
{
    [Fact]
    public void Stratified_gives_each_label_its_share_of_each_part()
    {
        var split = DatasetSplit.Stratified(Set(), seed: 1, valShare: 0.1, testShare: 0.2);

        foreach (var label in PublishedLabels.Set.All)
        {
            Assert.Equal(20, split.Rows.Count(row => row.Label == label.Name && row.Split == Split.Test));
            Assert.Equal(10, split.Rows.Count(row => row.Label == label.Name && row.Split == Split.Val));
            Assert.Equal(70, split.Rows.Count(row => row.Label == label.Name && row.Split == Split.Train));
        }
    }

    [Fact]
    public void Stratified_depends_on_the_seed_and_not_on_the_order_of_rows()
    {
        var set = Set();
        var reversed = set with { Rows = [.. set.Rows.Reverse()] };

        var parts = Parts(DatasetSplit.Stratified(set, 1, 0.15, 0.15));

        Assert.Equal(parts, Parts(DatasetSplit.Stratified(reversed, 1, 0.15, 0.15)));
        Assert.NotEqual(parts, Parts(DatasetSplit.Stratified(set, 2, 0.15, 0.15)));
    }

    [Fact]
    public void Stratified_keeps_copies_on_one_side_even_under_two_labels()
    {
        var set = Set();
        var copies = set.Rows.Select(row => row with { Path = "copy-" + row.Path, Label = "mri_tumor" });

        var split = DatasetSplit.Stratified(set with { Rows = [.. set.Rows, .. copies] }, 3, 0.15, 0.15);

        Assert.All(split.Rows.GroupBy(row => row.Sha256), group => Assert.Single(group.Select(row => row.Split).Distinct()));
    }

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.1, 0)]
    [InlineData(0.5, 0.5)]
    [InlineData(double.NaN, 0.1)]
    public void Stratified_with_shares_that_leave_nothing_is_refused(double val, double test) =>
        Assert.Throws<GyrusException>(() => DatasetSplit.Stratified(Set(), 1, val, test));

    [Fact]
    public void Published_restores_the_parts_of_the_source()
    {
        var set = Set();
        var published = set with { Rows = [.. set.Rows.Select((row, i) => row with { Published = (Split)((i % 3) + 1) })] };

        var split = DatasetSplit.Published(DatasetSplit.Stratified(published, 1, 0.15, 0.15));

        Assert.All(split.Rows, row => Assert.Equal(row.Published, row.Split));
    }

    [Fact]
    public void Published_without_parts_in_the_source_is_refused() =>
        Assert.Throws<GyrusException>(() => DatasetSplit.Published(Set()));

    /// <summary>100 images of each label.</summary>
    private static Manifest Set() => new("/data", [.. PublishedLabels.Set.All.SelectMany((label, i) => Enumerable.Range(0, 100)
        .Select(n => new ManifestRow($"{label.Name}/{n}.png", $"{(i * 100) + n:x64}", label.Name, Split.None, 9, 9, "L", Split.None)))]);

    private static Dictionary<string, Split> Parts(Manifest manifest) =>
        manifest.Rows.ToDictionary(row => row.Sha256, row => row.Split);
}
