using Gyrus.Models.Trust;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Models.Tests;

public sealed class SourceTrustTests
{
    private static readonly SourceTrust s_over = new(
        SourceTrust.SourceWeighted, SourceTrust.SourceWeighted, SourceTrust.WorstSource, [new SourceImages("", 3), new SourceImages("lgg", 40)]);

    [Fact]
    public void How_trust_was_learnt_over_sources_comes_back_and_stands_on_the_card()
    {
        using var folder = new TempFolder();
        var description = SampleDescription.Create() with { Trust = TrustSettings.None with { Over = s_over } };
        ModelPackage.Write(folder.File("m"), description, stream => stream.WriteByte(1), "card");

        var read = ModelPackage.Load(folder.File("m")).Description.Trust!.Over!;

        Assert.Equal(s_over.Sources, read.Sources);
        Assert.Equal((s_over.Temperature, s_over.Threshold, s_over.Sets), (read.Temperature, read.Threshold, read.Sets));
        Assert.Contains(
            "The images are of 2 sources (of no source 3, lgg 40).", ModelCard.Render(description, new CardFacts("Data.", "Origin.", "Licence", [], [])),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_without_it_are_written_as_they_were_and_load()
    {
        using var folder = new TempFolder();
        var description = SampleDescription.Create() with { Trust = TrustSettings.None };
        ModelPackage.Write(folder.File("m"), description, stream => stream.WriteByte(1), "card");

        Assert.DoesNotContain("\"over\"", File.ReadAllText(folder.File("m/model.json")), StringComparison.Ordinal);
        Assert.Null(ModelPackage.Load(folder.File("m")).Description.Trust!.Over);
    }

    [Fact]
    public void A_way_of_learning_that_is_not_known_is_refused()
    {
        using var folder = new TempFolder();
        var description = SampleDescription.Create() with { Trust = TrustSettings.None with { Over = s_over with { Sets = "by luck" } } };

        var error = Assert.Throws<GyrusException>(() => ModelPackage.Write(folder.File("m"), description, _ => { }, "card"));

        Assert.Contains("trust.over.sets", error.Message, StringComparison.Ordinal);
    }
}
