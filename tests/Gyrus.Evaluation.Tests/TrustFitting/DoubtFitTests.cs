using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Evaluation.Tests.TrustFitting;

public sealed class DoubtFitTests
{
    [Fact]
    public void Answers_nearest_to_the_threshold_are_left_out_until_few_enough_of_the_others_are_wrong()
    {
        // 40 answers, 4 of them wrong and all of these near a half; one of the sure is wrong too.
        List<ScoredScan> scans =
        [
            .. Many(17, tumour: true, 0.95f), .. Many(17, tumour: false, 0.05f), .. Many(2, tumour: true, 0.4f), .. Many(2, tumour: false, 0.55f),
            .. Many(1, tumour: true, 0.1f), .. Many(1, tumour: true, 0.6f),
        ];

        var band = DoubtFit.Of(scans, 0.5, 0.05)!;

        // Without the four nearest one of 36 is wrong.
        Assert.Equal(5.0 / 40, band.WrongBefore, 1e-9);
        Assert.Equal(1.0 / 36, band.Wrong, 1e-9);
        Assert.Equal(4.0 / 40, band.Refused, 1e-9);
        Assert.NotNull(band.Refusal(0.4));
        Assert.NotNull(band.Refusal(0.55));
        Assert.Null(band.Refusal(0.61));
        Assert.Null(band.Refusal(0.1));
    }

    [Fact]
    public void A_fifth_is_left_out_at_most()
    {
        List<ScoredScan> scans = [.. Enumerable.Range(0, 100).Select(i => Scan(i % 2 == 0, (i + 0.5f) / 100))];

        var band = DoubtFit.Of(scans, 0.5, 0.05)!;

        Assert.Equal(0.2, band.Refused, 1e-6);
        Assert.InRange(band.Wrong, 0.4, 0.6);
        Assert.InRange(band.From, 0.38, 0.42);
        Assert.InRange(band.To, 0.58, 0.62);
    }

    [Fact]
    public void Where_answers_are_right_often_enough_none_is_left_out() =>
        Assert.Null(DoubtFit.Of([.. Many(50, tumour: true, 0.9f), .. Many(50, tumour: false, 0.1f), .. Many(4, tumour: false, 0.6f)], 0.5, 0.05));

    [Fact]
    public void A_source_with_one_answer_alone_says_nothing()
    {
        List<ScoredScan> both = [.. Many(30, tumour: true, 0.9f), .. Many(30, tumour: false, 0.1f), .. Many(6, tumour: false, 0.6f)];
        var easy = Many(1000, tumour: false, 0.01f).Select(scan => scan with { Source = "healthy people" });

        Assert.Equal(DoubtFit.Of(both, 0.5, 0.05), DoubtFit.Of([.. both, .. easy], 0.5, 0.05));
        Assert.Null(DoubtFit.Of([.. easy], 0.5, 0.05));
    }

    [Fact]
    public void Sources_weigh_the_same_however_many_images_they_have()
    {
        List<ScoredScan> large = [.. Many(500, tumour: true, 0.9f), .. Many(500, tumour: false, 0.1f)];
        List<ScoredScan> small = [.. Many(8, tumour: true, 0.9f), .. Many(8, tumour: false, 0.1f), .. Many(4, tumour: true, 0.45f)];

        var band = DoubtFit.Of([.. large, .. small.Select(scan => scan with { Source = "small" })], 0.5, 0.05)!;

        // Half of the weight is the small one's, of which a fifth is wrong.
        Assert.Equal(0.1, band.WrongBefore, 1e-9);
        Assert.InRange(band.Wrong, 0, 0.05);
    }

    [Fact]
    public void The_reason_says_the_probability_and_the_band() => Assert.Equal(
        "The model is not sure: the probability of a tumour is 40.0 %, and between 30.0 % and 55.0 % it was wrong too often on images kept from its training.",
        new DoubtBand(0.3, 0.55, 0.1, 0.08, 0.05).Refusal(0.4));

    private static IEnumerable<ScoredScan> Many(int count, bool tumour, float probability) => Enumerable.Range(0, count).Select(_ => Scan(tumour, probability));

    private static ScoredScan Scan(bool tumour, float probability) =>
        MadeUpScans.Scan(0, tumour ? "mri_glioma" : "mri_healthy", 0, 0, probability, 1 - probability, 0, 0, 0);
}
