using Gyrus.Imaging.Labels;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Models.Tests;

public sealed class AnswerLimitsTests
{
    [Fact]
    public void A_package_that_says_nothing_has_what_holds_of_any_model_that_was_taught_tumours()
    {
        var limits = AnswerLimits.Of(SampleDescription.Create());

        Assert.Contains(limits, limit => limit.Contains("haemorrhage", StringComparison.Ordinal) && limit.Contains("multiple sclerosis", StringComparison.Ordinal));
        Assert.DoesNotContain("\"limits\"", ModelPackage.ToJson(SampleDescription.Create()), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_that_tell_no_tumours_are_named_as_all_that_was_taught()
    {
        LabelSet labels = new([new ScanLabel("axial", null, null, null), new ScanLabel("coronal", null, null, null)]);

        var limit = Assert.Single(AnswerLimits.Of(SampleDescription.Create() with { Labels = [.. labels.Names], LabelMeanings = labels.All }));

        Assert.StartsWith("It was taught axial, coronal, and nothing else", limit, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packages_own_sentences_come_back_in_their_order_and_stand_on_its_card()
    {
        using var folder = new TempFolder();
        var description = SampleDescription.Create() with { Limits = ["Never seen: children.", "On T1, one of three tumours is missed."] };
        ModelPackage.Write(folder.File("m"), description, stream => stream.WriteByte(1), "card");

        Assert.Equal(description.Limits, AnswerLimits.Of(ModelPackage.Load(folder.File("m")).Description));
        Assert.Contains(
            "- Never seen: children.\n- On T1, one of three tumours is missed.\n",
            ModelCard.Render(description, new CardFacts("Data.", "Origin.", "Licence", [], [])), StringComparison.Ordinal);
        Assert.Throws<GyrusException>(() => ModelPackage.Write(folder.File("n"), description with { Limits = [""] }, _ => { }, "card"));
    }
}
