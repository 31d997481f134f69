using System.Text.Json;
using Gyrus.Data.Acquisition;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Data.Tests.Acquisition;

public sealed class AcquisitionSurveyTests
{
    private const int Images = 120;

    [Fact]
    public void Where_the_sequence_is_the_label_each_kind_has_one_answer()
    {
        var report = Run(Samples((tumour, _) => tumour));

        Assert.False(report.NamedBySequence);
        Assert.Equal(["A", "B"], report.Kinds.Take(2).Select(kind => kind.Name));
        Assert.All(report.Kinds, kind => Assert.NotNull(kind.Answer));
        Assert.Equal(["healthy", "tumour"], report.Kinds.Select(kind => kind.Answer).Distinct().Order());
        Assert.Equal(Images, report.Kinds.Sum(kind => kind.Images.Count));
    }

    [Fact]
    public void Where_the_sequence_is_independent_of_the_label_no_kind_has_one_answer()
    {
        var report = Run(Samples((_, other) => other));

        Assert.All(report.Kinds, kind => Assert.Null(kind.Answer));
        Assert.True(report.Kinds.Count > 1);
    }

    [Fact]
    public void Kinds_by_likeness_are_compared_with_the_sequences_that_are_said()
    {
        var report = Run(Samples((_, other) => other, said: true));

        Assert.InRange(report.Sequence!.Purity, 0.95, 1);
        Assert.InRange(report.Sequence.AdjustedRand, 0.5, 1);
        Assert.Equal(Images, report.Sequence.Images);
        Assert.InRange(report.Sequence.PurityOfOne, 0.45, 0.7);
        Assert.Null(Run(Samples((_, other) => other)).Sequence);
    }

    [Fact]
    public void Where_sequences_are_said_kinds_have_their_names_and_the_rest_are_as_they_are_most_like()
    {
        var samples = Samples((_, other) => other, said: true);
        samples[0] = samples[0] with { Sequence = "unknown", Plane = "" };
        var before = Samples((_, other) => other, said: true)[0].Name;

        var report = Run(samples);

        Assert.True(report.NamedBySequence);
        Assert.Equal((string[])["t1, axial", "t2, axial"], report.Kinds.Select(kind => kind.Name).Order());
        Assert.Contains(samples[0].Path, report.Kinds.Single(kind => kind.Name == before).Images);
    }

    [Fact]
    public void A_set_that_says_sequences_says_what_kinds_of_another_are_like()
    {
        var report = AcquisitionSurvey.Run(
            Samples((tumour, _) => tumour), Samples((_, other) => other, said: true), cancellation: TestContext.Current.CancellationToken);

        foreach (var kind in report.Kinds) Assert.Equal(kind.Answer == "tumour" ? "t1, axial" : "t2, axial", kind.Alike[0].Name);
    }

    [Fact]
    public void The_order_of_the_images_changes_nothing()
    {
        var samples = Samples((tumour, _) => tumour);

        Assert.Equal(
            Run(samples).Kinds.Select(kind => (kind.Name, kind.Images.Count)), Run([.. samples.AsEnumerable().Reverse()]).Kinds.Select(kind => (kind.Name, kind.Images.Count)));
    }

    [Fact]
    public void What_tells_kinds_can_be_kept_as_JSON()
    {
        var samples = Samples((tumour, _) => tumour);
        var model = Run(samples).Model;

        var again = JsonSerializer.Deserialize<AcquisitionKinds>(JsonSerializer.Serialize(model))!;

        Assert.All(samples, sample => Assert.Equal(model.Of(sample.Columns).Name, again.Of(sample.Columns).Name));
        Assert.Equal(AcquisitionColumns.SequenceCount, again.Means.Count);
    }

    [Fact]
    public void Few_images_of_a_kind_say_nothing_of_its_answers() =>
        Assert.All(Run([.. Samples((tumour, _) => tumour).Take(AcquisitionSurvey.Fewest - 1)]).Kinds, kind => Assert.Null(kind.Answer));

    private static AcquisitionReport Run(IReadOnlyList<KindSample> samples) =>
        AcquisitionSurvey.Run(samples, [], cancellation: TestContext.Current.CancellationToken);

    private static List<KindSample> Samples(Func<bool, bool, bool> isT1, bool said = false)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, Images).Select(i =>
        {
            bool tumour = random.Next(2) == 0, t1 = isT1(tumour, random.Next(2) == 0);
            var scan = DrawnSequence.Draw(t1 ? DrawnSequence.LikeT1 : DrawnSequence.LikeT2, i, !tumour ? null : t1 ? (byte)215 : (byte)235);
            return new KindSample(
                $"{i:000}", tumour ? "mri_tumor" : "mri_healthy", !said ? "" : t1 ? "t1" : "t2", said ? "axial" : "",
                AcquisitionColumns.Of(scan, HeadFinder.Find(scan)));
        })];
    }
}
