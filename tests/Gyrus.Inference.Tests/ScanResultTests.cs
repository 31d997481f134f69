using Gyrus.Imaging.Labels;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Inference.Tests;

public class ScanResultTests
{
    [Fact]
    public void Answer_sums_over_the_labels_of_a_tumour()
    {
        var result = Answer([0.05f, 0.1f, 0.2f, 0.3f, 0.15f, 0.1f, 0.1f]);

        // mri_healthy is the most probable single label; the answer is a tumour, and its label one of those.
        Assert.Equal("mri_glioma", result.Label!.Name);
        Assert.Equal(0.65, result.Tumour!.Value, 1e-6);
        Assert.Equal(Modality.Mri, result.Modality);
        Assert.Null(result.Error);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Answer_that_is_no_number_is_an_error_and_never_healthy(float logit)
    {
        for (int label = 0; label < 7; label++)
        {
            var logits = new float[7];
            logits[label] = logit;

            var result = ScanResult.Answer("scan.png", logits, PublishedLabels.Set, TrustSettings.None);

            Assert.Contains("scan.png: the network's answer to this image is no number", result.Error);
            Assert.Null(result.IsTumour);
            Assert.Null(result.Label);
            Assert.Null(result.Probabilities);
            Assert.False(result.Accepted);
        }
    }

    [Fact]
    public void Answer_takes_the_modality_from_the_sum_over_its_labels()
    {
        var result = Answer([1e-9f, 0.4f, 0.3f, 0.3f, 1e-9f, 1e-9f, 1e-9f]);

        Assert.Equal("mri_glioma", result.Label!.Name);
        Assert.Equal(Modality.Mri, result.Modality);
    }

    [Fact]
    public void Answer_tells_one_story_whatever_the_probabilities_and_the_threshold()
    {
        var random = new Random(3);
        for (int i = 0; i < 2000; i++)
        {
            var logits = Enumerable.Range(0, 7).Select(_ => (random.NextSingle() - 0.5f) * 8).ToArray();

            var result = ScanResult.Answer("a.png", logits, PublishedLabels.Set, TrustSettings.None, random.NextDouble());

            Assert.Equal(result.Modality, result.Label!.Modality);
            Assert.Equal(result.IsTumour, result.Label.IsTumour);
            if (result.Type is not null) Assert.Equal((result.Modality, result.IsTumour), (result.Type.Modality, result.Type.IsTumour));
        }
    }

    [Fact]
    public void Answer_is_calibrated_and_keeps_the_networks_own_probabilities()
    {
        float[] own = [0.01f, 0.01f, 0.9f, 0.05f, 0.01f, 0.01f, 0.01f];

        var result = Answer(own, TrustSettings.None with { Temperature = 2 });

        double sum = own.Sum(p => Math.Sqrt(p));
        for (int i = 0; i < 7; i++)
        {
            Assert.Equal(own[i], result.Uncalibrated![i], 1e-6f);
            Assert.Equal(Math.Sqrt(own[i]) / sum, result.Probabilities![i], 1e-6);
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(0.6, true)]
    [InlineData(0.7, false)]
    public void Answer_is_a_tumour_from_the_threshold_on(double? asked, bool expected)
    {
        float[] probabilities = [0.05f, 0.1f, 0.2f, 0.3f, 0.15f, 0.1f, 0.1f];

        var result = ScanResult.Answer("a.png", Logits(probabilities), PublishedLabels.Set, Trust(0.64), asked);

        Assert.Equal(expected, result.IsTumour);
        Assert.Equal(asked ?? 0.64, result.Threshold);
        Assert.Equal(expected ? "mri_glioma" : null, result.Type?.Name);
    }

    [Fact]
    public void Answer_of_a_ct_has_no_type() => Assert.Null(Answer([0.1f, 0.8f, 0.02f, 0.02f, 0.02f, 0.02f, 0.02f]).Type);

    [Fact]
    public void Answer_has_the_set_of_labels_that_reach_their_limits_the_most_probable_first()
    {
        var trust = TrustSettings.None with
        {
            Conformal = new ConformalSettings(0.95, [0.3, 0.05, 0.1, 0.25, 0.5, 0.5, null]),
        };

        var result = Answer([0.05f, 0.1f, 0.2f, 0.3f, 0.15f, 0.1f, 0.1f], trust);

        Assert.Equal(["mri_healthy", "mri_glioma", "ct_tumor"], result.Set!.Select(label => label.Name));
        Assert.Null(Answer([1, 1, 1, 1, 1, 1, 1]).Set);
    }

    private static TrustSettings Trust(double threshold) =>
        TrustSettings.None with { Threshold = new OperatingPoint(threshold, 0.99, 0.99, 0.9) };

    private static ScanResult Answer(float[] probabilities, TrustSettings? trust = null) =>
        ScanResult.Answer("a.png", Logits(probabilities), PublishedLabels.Set, trust ?? TrustSettings.None);

    private static float[] Logits(float[] probabilities) => Array.ConvertAll(probabilities, MathF.Log);
}
