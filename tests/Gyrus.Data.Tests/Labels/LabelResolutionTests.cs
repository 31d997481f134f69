using FsCheck;
using FsCheck.Fluent;
using Gyrus.Data.Copies;
using Gyrus.Data.Labels;
using Gyrus.Data.Manifests;
using Gyrus.Data.Tests.Splits;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Data.Tests.Labels;

public sealed class LabelResolutionTests
{
    [Theory]
    [InlineData("mri_glioma")]
    [InlineData("mri_meningioma")]
    [InlineData("mri_pituitary")]
    public void An_unspecified_tumour_takes_the_only_type_of_its_copies(string type)
    {
        var (resolved, published) = Resolve("mri_tumor", type, "mri_tumor", type);

        Assert.Empty(resolved.Dropped);
        Assert.All(resolved.Rows, row => Assert.Equal(type, row.Label));
        Assert.Equal(["mri_tumor", "", "mri_tumor", ""], resolved.Rows.Select(row => row.PublishedLabel));
        Assert.Equal($"its copy 0001.png is labelled {type}", resolved.Rows[0].Note);
        Assert.Equal("", resolved.Rows[1].Note);
        Assert.Equal(published.Rows.Select(row => row.Path), resolved.Rows.Select(row => row.Path));
    }

    [Theory]
    [InlineData("mri_tumor", "mri_glioma", "mri_pituitary")]
    [InlineData("mri_glioma", "mri_meningioma")]
    [InlineData("mri_healthy", "mri_tumor")]
    [InlineData("mri_healthy", "mri_glioma", "mri_tumor")]
    [InlineData("ct_healthy", "ct_tumor")]
    [InlineData("ct_tumor", "mri_tumor")]
    [InlineData("ct_tumor", "mri_glioma")]
    [InlineData("ct_healthy", "mri_healthy")]
    public void Copies_that_contradict_one_another_are_dropped_with_the_reason(params string[] labels)
    {
        var (resolved, _) = Resolve(labels);

        Assert.Empty(resolved.Rows);
        Assert.Equal(labels, resolved.Dropped.Select(row => row.Label));
        var reason = "copies of one scan are labelled " + string.Join(", ", labels.Order(StringComparer.Ordinal));
        Assert.All(resolved.Dropped, row => Assert.Equal((reason, Split.None, (int?)null), (row.Note, row.Split, row.Fold)));
    }

    [Theory]
    [InlineData("mri_tumor", "mri_tumor")]
    [InlineData("mri_glioma", "mri_glioma")]
    [InlineData("ct_healthy", "ct_healthy")]
    public void Copies_that_agree_stay_as_they_are(params string[] labels)
    {
        var (resolved, published) = Resolve(labels);

        Assert.Equal(published.Rows, resolved.Rows);
        Assert.Empty(resolved.Dropped);
    }

    [Fact]
    public void Images_in_no_group_are_not_touched()
    {
        var set = MadeUpSets.Of(("a", ["mri_tumor", "mri_glioma"]), ("b", ["mri_healthy", "mri_tumor"]));

        var resolved = LabelResolution.Resolve(set, [MadeUpSets.Copies("0000.png", "0001.png")]);

        Assert.Equal(["mri_glioma", "mri_glioma", "mri_healthy", "mri_tumor"], resolved.Rows.Select(row => row.Label));
    }

    [Fact]
    public void Changes_pass_over_images_without_a_label()
    {
        var labels = new Dictionary<string, string?> { ["a"] = "mri_tumor", ["b"] = null, ["c"] = "mri_glioma", ["d"] = null };

        var change = Assert.Single(LabelResolution.Changes(labels, [MadeUpSets.Copies("a", "b", "c", "d")]));

        Assert.Equal(("a", "mri_tumor", "mri_glioma"), (change.Path, change.From, change.To));
    }

    [Fact]
    public void AsPublished_undoes_Resolve() => ForSets((set, copies) =>
        Assert.Equal(
            set.Rows.OrderBy(row => row.Path, StringComparer.Ordinal),
            LabelResolution.AsPublished(LabelResolution.Resolve(set, copies)).Rows.OrderBy(row => row.Path, StringComparer.Ordinal)));

    [Fact]
    public void Resolve_twice_is_Resolve_once() => ForSets((set, copies) =>
    {
        var once = LabelResolution.Resolve(set, copies);

        var twice = LabelResolution.Resolve(once, copies);

        Assert.Equal(once.Rows, twice.Rows);
        Assert.Equal(once.Dropped, twice.Dropped);
    });

    [Fact]
    public void Resolve_leaves_no_group_with_two_labels_and_loses_no_image() => ForSets((set, copies) =>
    {
        var resolved = LabelResolution.Resolve(set, copies);

        var labels = resolved.Rows.ToDictionary(row => row.Path, row => row.Label);
        Assert.All(copies, group => Assert.InRange(
            group.Images.Where(labels.ContainsKey).Select(path => labels[path]).Distinct().Count(), 0, 1));
        Assert.Equal(
            set.Rows.Select(row => row.Path).Order(StringComparer.Ordinal),
            resolved.Rows.Concat(resolved.Dropped).Select(row => row.Path).Order(StringComparer.Ordinal));
    });

    private static void ForSets(Action<Manifest, List<CopyGroup>> check)
    {
        var groups = Gen.Elements(PublishedLabels.Set.All.Select(label => label.Name)).NonEmptyListOf().NonEmptyListOf();
        Prop.ForAll(groups.ToArbitrary(), labels =>
        {
            var set = MadeUpSets.Of([.. labels.Select((group, i) => ($"{i}", group.ToArray()))]);
            check(set, [.. set.Rows.GroupBy(row => row.Group).Where(group => group.Count() > 1)
                .Select(group => MadeUpSets.Copies([.. group.Select(row => row.Path)]))]);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>Resolves images that are all copies of one another.</summary>
    private static (Manifest Resolved, Manifest Published) Resolve(params string[] labels)
    {
        var set = MadeUpSets.Of(("a", labels));
        set = set with { Rows = [.. set.Rows.Select(row => row with { Split = Split.Train, Fold = 1 })] };
        return (LabelResolution.Resolve(set, [MadeUpSets.Copies([.. set.Rows.Select(row => row.Path)])]), set);
    }
}
