using FsCheck;
using FsCheck.Fluent;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Labels;
using Gyrus.Models.Trust;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Models.Tests;

/// <summary>A <c>model.json</c> in which any one number, text or list is exchanged is refused, or answers all the same.</summary>
public sealed class DescriptionMutationTests : IDisposable
{
    private readonly TempFolder _temp = new();

    [Fact]
    public void Load_of_a_manifest_with_one_member_exchanged_refuses_it_or_gives_a_model_whose_answers_are_finite()
    {
        var package = ModelPackage.Write(_temp.File("model"), Full(), stream => stream.WriteByte(1), "card\n");
        var path = Path.Combine(package.Folder, ModelPackage.DescriptionFile);
        var good = File.ReadAllText(path);
        string[] places = [.. JsonMutation.Places(good)];
        var cases =
            from place in Gen.Elements(places)
            from value in Gen.Elements(JsonMutation.Values)
            select (place, value);

        Prop.ForAll(Arb.From(cases), one =>
        {
            File.WriteAllText(path, JsonMutation.Exchanged(good, one.place, one.value));
            try
            {
                RequireFiniteAnswers(ModelPackage.Load(package.Folder).Description);
            }
            catch (GyrusException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Load_of_a_manifest_that_lacks_any_one_member_refuses_it_or_gives_a_model_whose_answers_are_finite()
    {
        var package = ModelPackage.Write(_temp.File("model"), Full(), stream => stream.WriteByte(1), "card\n");
        var path = Path.Combine(package.Folder, ModelPackage.DescriptionFile);
        var good = File.ReadAllText(path);

        foreach (var place in JsonMutation.Places(good))
        {
            File.WriteAllText(path, JsonMutation.Exchanged(good, place, value: null));
            try
            {
                RequireFiniteAnswers(ModelPackage.Load(package.Folder).Description);
            }
            catch (GyrusException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _temp.Dispose();

    internal static ModelDescription Full()
    {
        var sample = SampleDescription.Create();
        return sample with
        {
            Outputs = sample.Outputs with { Evidence = "evidence", Novelty = "novelty", LabelEvidence = "label_evidence" },
            Trust = new TrustSettings(
                1297, 0.84, new OperatingPoint(0.42, 0.99, 0.991, 0.969),
                new ConformalSettings(0.95, [0.8, 0.83, 0.91, 0.73, 0.05, 0.43, null]), Doubt: new DoubtBand(0.3, 0.55, 0.1, 0.08, 0.05),
                Studies: new StudyTrust(new PooledTrust(37, 60, 0.7, 0.4), new PooledTrust(20, 40, 0.9, -0.1))),
            Figures = [new MeasuredFigure("across sources: balanced accuracy", 0.8, 0.7, 0.9, 300, AcrossSources: true)],
            Abstention = new AbstentionSettings(
                5.6, 0.01, 2000, 967, Kinds: KnownKindsTests.Of(("Axial FLAIR", new KindAnswers(90, 300, 200, 0.6, new KindRecord(25, 23, 31, 1)) { Sequences = new Dictionary<string, int> { ["flair"] = 400, ["t2"] = 3 } }), ("", new KindAnswers(60, 3, 300, 0.01)))),
        };
    }

    private static void RequireFiniteAnswers(ModelDescription description)
    {
        var trust = description.Trust ?? TrustSettings.None;
        float[] answer = [3, -2, 40, 0.5f, 40, -1e4f, 12];
        Softmax.InPlace(answer, trust.Temperature);
        Assert.All(answer, probability => Assert.InRange(probability, 0, 1));
        Assert.InRange(trust.Threshold.Threshold, 0, 1);
        Assert.All(trust.Conformal.Set(answer), label => Assert.InRange(label, 0, PublishedLabels.Set.Count - 1));
        if (trust.Studies is { } studies) Assert.All((PooledTrust[])[studies.Series, studies.Study], pooled => Assert.InRange(pooled.Probability(16), 0, 1));
        if (description.Abstention is { } abstention) Assert.True(abstention.NoveltyLimit is >= 0 and < double.PositiveInfinity);
        if (description.Abstention?.Kinds is { } kinds) Assert.NotEqual("", kinds.Refusal(kinds.IndexOf(new float[AcquisitionColumns.Count])));
        Assert.NotNull(description.Abstention?.Kinds?.SequenceOf([0, 0]) ?? "");
        Assert.All(description.TrainingImages.Concat(description.SelectionImages), hash => Assert.Equal(64, hash.Length));
    }
}
