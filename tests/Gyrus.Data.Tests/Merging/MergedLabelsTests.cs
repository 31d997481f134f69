using Gyrus.Data.Manifests;
using Gyrus.Data.Merging;
using Gyrus.Data.Tests.Splits;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Data.Tests.Merging;

public sealed class MergedLabelsTests
{
    private static readonly ScanLabel Stroke = new("ct_stroke", Modality.Ct, IsTumour: false);

    [Fact]
    public void Join_of_published_labels_is_the_published_set_and_others_stand_by_name()
    {
        var published = Input("a", PublishedLabels.Set, "mri_glioma", "ct_tumor");
        var more = Input("b", new LabelSet([Stroke, new("mri_glioma", Modality.Mri, IsTumour: true, "glioma")]), "ct_stroke", "mri_glioma");

        Assert.Same(PublishedLabels.Set, MergedLabels.Join([published, published], Map()));
        Assert.Equal(["ct_stroke", "ct_tumor", "mri_glioma"], MergedLabels.Join([published, more], Map()).Names);
        Assert.Equal(MergedLabels.Join([more, published], Map()), MergedLabels.Join([published, more], Map()));
    }

    [Fact]
    public void Join_maps_a_label_to_one_that_is_there_and_several_to_a_new_one()
    {
        var set = new LabelSet([Stroke, new("ct_bleeding", Modality.Ct, IsTumour: false), new("mri_lesion", Modality.Mri, IsTumour: false)]);
        var input = Input("a", set, "ct_stroke", "ct_bleeding", "mri_lesion");

        var toPublished = MergedLabels.Join([input], Map(("ct_stroke", "ct_healthy"), ("ct_bleeding", "ct_healthy"), ("mri_lesion", "mri_healthy")));
        var toNew = MergedLabels.Join([input], Map(("ct_stroke", "other"), ("mri_lesion", "other")));

        Assert.Same(PublishedLabels.Set, toPublished);
        Assert.Equal(new ScanLabel("other", null, IsTumour: false), toNew[toNew.IndexOf("other")]);
    }

    [Fact]
    public void Join_of_one_name_with_two_meanings_is_refused_and_says_what_to_do()
    {
        var tumour = Input("a", new LabelSet([new("ct_stroke", Modality.Ct, IsTumour: true, "stroke"), new("no", null, IsTumour: false)]), "ct_stroke", "no");
        var none = Input("b", new LabelSet([Stroke, new("yes", null, IsTumour: true)]), "ct_stroke", "yes");

        var error = Assert.Throws<GyrusException>(() => MergedLabels.Join([tumour, none], Map()));

        Assert.Contains("'ct_stroke' is a tumour of type stroke (CT) in /sets/a.csv and no tumour (CT) in /sets/b.csv", error.Message, StringComparison.Ordinal);
        Assert.Contains("/sets/a.labels.json or /sets/b.labels.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_takes_the_meaning_of_other_sets_where_a_set_tells_no_tumours()
    {
        var types = Input("a", LabelNames.Guess(["glioma", "meningioma"]), "glioma", "meningioma");
        var told = Input("b", LabelNames.Guess(["glioma", "meningioma", "healthy"]), "glioma", "meningioma", "healthy");
        var fewer = Input("c", LabelNames.Guess(["glioma", "healthy"]), "glioma", "healthy");

        Assert.Equal(told.Manifest.Labels.All.OrderBy(label => label.Name, StringComparer.Ordinal), MergedLabels.Join([types, told], Map()).All);
        var error = Assert.Throws<GyrusException>(() => MergedLabels.Join([types, fewer], Map()));
        Assert.Contains("'meningioma' of /sets/a.csv says neither healthy nor tumour", error.Message, StringComparison.Ordinal);
        Assert.Contains("/sets/a.labels.json", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Join_renames_nothing_that_is_not_there_and_no_tumour_and_healthy_into_one()
    {
        var input = Input("a", LabelNames.Guess(["glioma", "healthy"]), "glioma", "healthy");

        Assert.Contains(
            "no label 'x' to be renamed. The labels are glioma, healthy",
            Assert.Throws<GyrusException>(() => MergedLabels.Join([input], Map(("x", "y")))).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Give them two names",
            Assert.Throws<GyrusException>(() => MergedLabels.Join([input], Map(("glioma", "y"), ("healthy", "y")))).Message, StringComparison.Ordinal);
    }

    private static MergeInput Input(string name, LabelSet labels, params string[] used) => new(
        $"/sets/{name}.csv", new Manifest("/set", [.. used.Select((label, i) => MadeUpSets.Row(i, label))]) { Labels = labels });

    private static Dictionary<string, string> Map(params (string From, string To)[] pairs) => pairs.ToDictionary(pair => pair.From, pair => pair.To);
}
