using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Imaging.Tests.Labels;

public sealed class LabelNamesTests
{
    [Fact]
    public void Guess_of_published_names_alone_is_the_published_set_whatever_their_order() =>
        Assert.Same(PublishedLabels.Set, LabelNames.Guess(["mri_tumor", "ct_healthy"]));

    [Theory]
    [InlineData("no", "yes", null)]
    [InlineData("notumor", "glioma", "glioma")]
    [InlineData("no_tumor", "meningioma_tumor", "meningioma")]
    [InlineData("Normal", "Brain Tumor", "brain")]
    [InlineData("Healthy", "positive", null)]
    [InlineData("mri-healthy", "mri-lymphoma", "lymphoma")]
    public void Guess_tells_the_healthy_by_its_name_and_takes_the_other_as_a_tumour(string healthy, string tumour, string? type)
    {
        var labels = LabelNames.Guess([tumour, healthy]);

        Assert.True(labels.TellsTumours);
        Assert.False(labels[labels.IndexOf(healthy)].IsTumour);
        Assert.Equal((true, type), (labels[labels.IndexOf(tumour)].IsTumour, labels[labels.IndexOf(tumour)].Type));
    }

    [Theory]
    [InlineData("ct_haemorrhage")]
    [InlineData("Intracerebral hemorrhage")]
    [InlineData("ct_stroke")]
    [InlineData("ischemic stroke")]
    [InlineData("multiple_sclerosis")]
    public void Guess_takes_other_findings_for_no_tumour(string finding)
    {
        var labels = LabelNames.Guess(["normal", "glioma", finding]);

        Assert.Equal((false, null), (labels[labels.IndexOf(finding)].IsTumour, labels[labels.IndexOf(finding)].Type));
        Assert.True(labels[labels.IndexOf("glioma")].IsTumour);
    }

    [Fact]
    public void Guess_of_grades_says_nothing_of_tumours_until_it_is_told()
    {
        string[] grades = ["grade I", "grade II", "grade III"];

        Assert.False(LabelNames.Guess(grades).TellsTumours);
        Assert.All(LabelNames.Guess(grades).All, label => Assert.Null(label.IsTumour));
        Assert.True(LabelNames.Guess(grades, new LabelHints(Healthy: ["grade I"])).TellsTumours);
        Assert.Contains("no label 'grade V'", Assert.Throws<GyrusException>(
            () => LabelNames.Guess(grades, new LabelHints(Healthy: ["grade V"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Guess_takes_the_modality_of_a_name_before_that_of_the_hints()
    {
        var labels = LabelNames.Guess(["ct_normal", "normal", "mr glioma"], new LabelHints(Modality: Modality.Mri));

        Assert.Equal([Modality.Ct, Modality.Mri, Modality.Mri], labels.All.Select(label => label.Modality));
        Assert.True(labels.TellsModality);
    }

    [Fact]
    public void A_tumour_of_no_type_stands_for_the_types_of_its_modality()
    {
        var set = PublishedLabels.Set;

        Assert.Equal([2, 4, 5, 6], set.Allowed(set.IndexOf("mri_tumor")));
        Assert.Equal([1], set.Allowed(set.IndexOf("ct_tumor")));
        Assert.Equal([2, 4, 5], set.Types);
        var binary = LabelNames.Guess(["yes", "no"]);
        Assert.All([0, 1], place => Assert.Equal([place], binary.Allowed(place)));
    }

    [Fact]
    public void Sets_of_any_names_have_each_once_in_ordinal_order_and_are_equal_to_themselves()
    {
        var names = Gen.Elements("a", "grade I", "größer", "日本", "no", "YES", "ct_x", "x,y", "tumor", "mri_", "🧠 scan")
            .ListOf().Select(list => list.Concat(Enumerable.Range(0, list.Count % 3 == 0 ? 200 : 2).Select(i => $"label {i}")).ToList());
        Prop.ForAll(names.ToArbitrary(), given =>
        {
            var labels = LabelNames.Guess(given);
            string[] expected = [.. given.Distinct().Order(StringComparer.Ordinal)];
            return labels.Names.SequenceEqual(expected) && labels.Equals(new LabelSet(labels.All))
                && expected.All(name => labels[labels.IndexOf(name)].Name == name)
                && labels.TellsTumours == labels.All.Any(label => label.IsTumour == false);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a", "2 to 1000 labels")]
    [InlineData("a|", "blank")]
    [InlineData("a|b\u0007", "control characters")]
    public void Sets_that_are_none_say_why(string names, string expected) => Assert.Contains(
        expected, Assert.Throws<GyrusException>(() => LabelNames.Guess(names.Split('|'))).Message, StringComparison.Ordinal);
}
