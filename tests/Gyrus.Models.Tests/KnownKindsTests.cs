using Gyrus.Imaging.Acquisition;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Models.Tests;

public sealed class KnownKindsTests
{
    [Fact]
    public void An_image_of_a_kind_with_one_answer_is_refused_and_the_reason_says_which()
    {
        var known = Of(("Sagittal T1", new KindAnswers(80, 231, 2, 0.97)), ("", new KindAnswers(60, 3, 300, 0.01)));

        Assert.Equal(
            "Sagittal T1: the training data has tumours only (231 of 233 images), so that the answer may be read from how the image was made.",
            known.Refusal(known.IndexOf(Columns(0))));
        Assert.Equal(
            "Images made like this one: the training data has heads without a tumour only (300 of 303 images), so that the answer may be read from how the "
                + "image was made.",
            known.Refusal(known.IndexOf(Columns(1))));
    }

    [Fact]
    public void An_image_of_a_kind_with_both_answers_is_not_refused()
    {
        var known = Of(("FLAIR", new KindAnswers(50, 200, 20, 0.94)), ("T2", new KindAnswers(50, 20, 200, 0.06)));

        Assert.Null(known.Refusal(0));
        Assert.Null(known.Refusal(1));
    }

    [Fact]
    public void A_sequence_is_told_where_most_training_images_of_the_kinds_had_it()
    {
        KindAnswers With(params (string Name, int Images)[] sequences) => new(50, 20, 20, 0.5) { Sequences = sequences.ToDictionary(one => one.Name, one => one.Images) };
        var known = Of(("", With(("flair", 90), ("t2", 10))), ("", With(("t2", 60), ("flair", 40))), ("", new KindAnswers(50, 20, 20, 0.5)));

        Assert.Equal("flair", known.SequenceOf([0, 1, 2]));
        Assert.Equal("t2", known.SequenceOf([1]));
        Assert.Equal("", known.SequenceOf([2]));
        Assert.Equal("", known.SequenceOf([]));
    }

    [Theory]
    [InlineData(25, 23, 31, 1, "it saw the tumour in 23 of 25, and 1 of 31 without one were called a tumour")]
    [InlineData(25, 23, 9, 1, "it saw the tumour in 23 of 25")]
    [InlineData(9, 9, 10, 0, "0 of 10 without one were called a tumour")]
    [InlineData(9, 9, 9, 0, null)]
    public void What_was_made_of_kept_images_is_said_where_there_are_enough(int tumours, int seen, int healthy, int alarms, string? said)
    {
        var known = Of(("Axial FLAIR", new KindAnswers(50, 200, 20, 0.94, new KindRecord(tumours, seen, healthy, alarms))));

        Assert.Equal(said is null ? null : $"Of images made like this one (Axial FLAIR) that were kept from training, {said}.", known.Worth(0));
    }

    [Theory]
    [InlineData(9, 20, 21, 0.5, "the training data has hardly any (41 images of 9 patients or scans)")]
    [InlineData(1, 1, 0, 1, "the training data has hardly any (1 image of 1 patients or scans)")]
    [InlineData(10, 20, 21, 0.5, null)]
    [InlineData(100, 95, 5, 0.95, null)]
    [InlineData(100, 5, 95, 0.05, null)]
    [InlineData(100, 96, 4, 0.96, "the training data has tumours only (96 of 100 images)")]
    [InlineData(100, 4, 96, 0.04, "the training data has heads without a tumour only (96 of 100 images)")]
    public void Lacking_is_an_answer_of_less_than_one_in_twenty_or_a_kind_of_few_groups(int groups, int tumours, int healthy, double share, string? lacking) =>
        Assert.Equal(lacking, new KindAnswers(groups, tumours, healthy, share).Lacking);

    /// <summary>Kinds that lie one apart in every number.</summary>
    internal static KnownKinds Of(params (string Name, KindAnswers Answers)[] kinds)
    {
        int count = AcquisitionColumns.SequenceCount;
        return new KnownKinds(
            new AcquisitionKinds(
                [.. kinds.Select((kind, i) => new AcquisitionKind(kind.Name, Enumerable.Repeat((float)i, count).ToArray()))],
                new float[count], Enumerable.Repeat(1f, count).ToArray()),
            [.. kinds.Select(kind => kind.Answers)]);
    }

    private static float[] Columns(float value) => [.. Enumerable.Repeat(value, AcquisitionColumns.Count)];
}
