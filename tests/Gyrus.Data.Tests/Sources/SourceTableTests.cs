using Gyrus.Data.Audit;
using Gyrus.Data.Manifests;
using Gyrus.Data.Sources;
using Gyrus.Data.Tests.Splits;
using Xunit;

namespace Gyrus.Data.Tests.Sources;

public sealed class SourceTableTests
{
    [Fact]
    public void Of_labels_that_are_each_of_several_sources_passes()
    {
        var table = SourceTable.Of(Set(("a", "mri_glioma", 5), ("a", "mri_healthy", 5), ("b", "mri_glioma", 5), ("b", "mri_healthy", 5)));

        Assert.Equal((Verdict.Pass, 0), (table.Verdict, table.Findings.Count));
        Assert.Equal(["mri_glioma", "mri_healthy"], table.Labels);
        Assert.Equal([[5, 5], [5, 5]], table.Images);
        Assert.Equal("Each label is of several sources, and each of the 2 sources has several labels.", table.Sentence);
    }

    [Fact]
    public void Of_a_label_of_one_source_fails_and_a_source_of_one_label_warns()
    {
        var table = SourceTable.Of(Set(("a", "mri_glioma", 5), ("a", "mri_healthy", 5), ("b", "mri_healthy", 7)));

        Assert.Equal(
            [(Verdict.Fail, "a", "mri_glioma"), (Verdict.Warn, "b", "mri_healthy")],
            table.Findings.Select(finding => (finding.Verdict, finding.Source, finding.Label)));
        Assert.Equal("All 5 images of mri_glioma are of a: the label can be learnt as that source.", table.Findings[0].Sentence);
        Assert.StartsWith("b has mri_healthy alone (7 images): whatever tells it", table.Findings[1].Sentence, StringComparison.Ordinal);
        Assert.Equal(Verdict.Fail, table.Verdict);
        Assert.EndsWith("1 of 2 sources give one answer alone.", table.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(95, 5, Verdict.Pass)]
    [InlineData(96, 4, Verdict.Fail)]
    public void Of_a_handful_of_images_from_elsewhere_is_as_good_as_none(int here, int elsewhere, Verdict verdict)
    {
        var table = SourceTable.Of(Set(
            ("a", "mri_glioma", here), ("a", "mri_healthy", 50), ("b", "mri_glioma", elsewhere), ("b", "mri_healthy", 50)));

        Assert.Equal(verdict, table.Verdict);
    }

    [Fact]
    public void Of_a_source_with_types_of_tumour_and_no_healthy_image_warns_though_it_has_two_labels()
    {
        var table = SourceTable.Of(Set(
            ("a", "mri_glioma", 5), ("a", "mri_pituitary", 5), ("b", "mri_glioma", 5), ("b", "mri_pituitary", 5), ("b", "mri_healthy", 5),
            ("c", "mri_glioma", 5), ("c", "mri_healthy", 5)));

        var finding = Assert.Single(table.Findings);
        Assert.Equal((Verdict.Warn, "a", null), (finding.Verdict, finding.Source, finding.Label));
        Assert.StartsWith("a has tumours alone (10 images)", finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_one_source_warns_and_of_none_does_not_judge()
    {
        var one = SourceTable.Of(Set(("a", "mri_glioma", 5), ("a", "mri_healthy", 5)));
        var none = SourceTable.Of(MadeUpSets.Of(("1", ["mri_glioma"]), ("2", ["mri_healthy"])));

        Assert.Equal((Verdict.Warn, Verdict.Unknown), (one.Verdict, none.Verdict));
        Assert.StartsWith("All images are of a,", one.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("No image says its source", none.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_set_counts_no_image_that_was_dropped()
    {
        var set = Set(("a", "mri_glioma", 2), ("b", "mri_glioma", 1));

        Assert.Equal([[1, 1]], SourceTable.Of(set with { Rows = [.. set.Rows.Skip(1)], Dropped = [set.Rows[0]] }).Images);
    }

    private static Manifest Set(params (string Source, string Label, int Images)[] counts) => new("/data", [.. counts
        .SelectMany(count => Enumerable.Repeat((count.Source, count.Label), count.Images))
        .Select((image, i) => MadeUpSets.Row(i, image.Label) with { More = new([image.Source]) })])
    {
        MoreColumns = ["source"],
    };
}
