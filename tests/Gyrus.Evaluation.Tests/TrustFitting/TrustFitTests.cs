using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging.Labels;
using Gyrus.Models;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Evaluation.Tests.TrustFitting;

public sealed class TrustFitTests
{
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3)]
    public void Temperature_of_a_network_whose_logits_are_that_much_too_large_is_found(double temperature)
    {
        var scans = Scans(20_000, 1, temperature);

        Assert.Equal(temperature, TemperatureFit.Of(scans), 0.06 * temperature);
    }

    [Fact]
    public void At_a_temperature_is_the_softmax_of_logits_divided_by_it()
    {
        float[] logits = [1, -2, 0.5f, 3, 0, -1, 2];
        var plain = (float[])logits.Clone();
        var warm = (float[])logits.Clone();
        Softmax.InPlace(plain);
        Softmax.InPlace(warm, 2.5);

        var scan = TemperatureFit.At(new ScoredScan("a", "b", 0, plain) { Labels = PublishedLabels.Set }, 2.5);

        for (int i = 0; i < 7; i++) Assert.Equal(warm[i], scan.Probabilities[i], 1e-5f);
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Threshold_is_the_highest_that_calls_the_wanted_share_of_tumours_so(double sensitivity)
    {
        var trust = TrustFit.Run(Scans(3000, 2, 1), new TrustOptions(sensitivity));

        double[] tumours = [.. Scans(3000, 2, 1).Where(scan => PublishedLabels.Set[scan.Truth].IsTumour == true)
            .Select(scan => PublishedLabels.Set.TumourProbability(TemperatureFit.At(scan, trust.Temperature).Probabilities))];
        double Called(double threshold) => tumours.Average(score => score >= threshold ? 1.0 : 0.0);
        Assert.True(Called(trust.Threshold.Threshold) >= sensitivity);
        Assert.True(Called(trust.Threshold.Threshold + 1e-9) < sensitivity);
        Assert.Equal(Called(trust.Threshold.Threshold), trust.Threshold.Sensitivity!.Value, 1e-12);
    }

    [Fact]
    public void Conformal_sets_hold_the_label_of_new_images_as_often_as_promised_label_by_label()
    {
        var trust = TrustFit.Run(Scans(8000, 3, 1.7), new TrustOptions(Coverage: 0.9));

        var report = TrustReport.Of([.. Scans(8000, 4, 1.7).Select(scan => (scan, trust))]);

        foreach (var label in report.Labels.Where(label => label.Label != "mri_tumor"))
            Assert.InRange(label.Coverage!.Value, 0.87, 0.93);
        Assert.InRange(report.SetSize!.Value, 0.9, 4);
    }

    [Fact]
    public void Conformal_limits_are_missing_where_no_number_of_images_would_do()
    {
        // Of 18 images the rarest would have to be left out with a chance of 1 in 19, more than 1 in 20.
        var few = Scans(7 * 18, 5, 1);

        var trust = TrustFit.Run(few, new TrustOptions());

        Assert.All(trust.Conformal.Least, Assert.Null);
        Assert.Empty(trust.Conformal.Set([1, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void Calibration_lowers_the_calibration_error_of_a_network_that_is_too_sure()
    {
        var trust = TrustFit.Run(Scans(6000, 6, 3), new TrustOptions());

        var report = TrustReport.Of([.. Scans(6000, 7, 3).Select(scan => (scan, trust))]);

        Assert.True(report.CalibrationErrorAfter < report.CalibrationErrorBefore / 2);
        Assert.InRange(report.CalibrationErrorAfter, 0, 0.02);
    }

    [Fact]
    public void An_image_of_unknown_type_is_covered_by_a_set_with_any_mri_tumour()
    {
        var trust = TrustSettings.None with
        {
            Conformal = new ConformalSettings(0.95, [.. Enumerable.Range(0, 7).Select(label => (double?)(label == 6 ? null : 0.4))]),
        };
        float[] glioma = [0, 0, 0.9f, 0.1f, 0, 0, 0], healthy = [0, 0, 0.1f, 0.9f, 0, 0, 0];
        int unknown = PublishedLabels.Set.IndexOf("mri_tumor");

        var report = TrustReport.Of(
        [
            (new ScoredScan("a", "a", unknown, glioma) { Labels = PublishedLabels.Set }, trust),
            (new ScoredScan("b", "b", unknown, healthy) { Labels = PublishedLabels.Set }, trust),
        ]);

        Assert.Equal(0.5, report.Labels[unknown].Coverage);
        Assert.Equal(1, report.SetSize);
    }

    [Fact]
    public void Sets_that_too_few_validation_images_make_have_a_reason_and_no_coverage_of_zero()
    {
        var few = Scans(7 * 18, 5, 1);
        var trust = TrustFit.Run(few, new TrustOptions());

        var report = TrustReport.Of([.. few.Select(scan => (scan, trust))]);

        Assert.Equal("too few validation images (18): 19 are needed", trust.Conformal.Missing(0, PublishedLabels.Set));
        Assert.Null(report.Coverage);
        Assert.Null(report.SetSize);
        Assert.Contains(report.Notes!, note => note.Contains("a label needs 19 validation images", StringComparison.Ordinal));
    }

    [Fact]
    public void A_temperature_that_does_not_help_on_held_out_images_is_left_out_and_said()
    {
        // All of one group: there is nothing that it could be tried on.
        var scans = Scans(300, 8, 1);

        var trust = TrustFit.Run(scans, new TrustOptions(), [.. scans.Select(_ => 0)]);

        Assert.Equal(1, trust.Temperature);
        Assert.NotNull(trust.RejectedTemperature);
        Assert.Contains(TrustNotes.Of([trust], PublishedLabels.Set), note => note.Contains("was fitted and left out", StringComparison.Ordinal));
        Assert.Null(TrustFit.Run(Scans(300, 8, 3), new TrustOptions()).RejectedTemperature);
    }

    [Fact]
    public void Without_a_validation_image_the_error_says_what_to_do() => Assert.Contains(
        "validation", Assert.Throws<GyrusException>(() => TrustFit.Run([], new TrustOptions())).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0.95)]
    [InlineData(1.1, 0.95)]
    [InlineData(0.99, 0)]
    [InlineData(0.99, 1)]
    public void Options_out_of_range_are_refused(double sensitivity, double coverage) => Assert.Throws<GyrusException>(
        () => TrustFit.Run(Scans(70, 1, 1), new TrustOptions(sensitivity, coverage)));

    /// <summary>Images whose labels are drawn from true probabilities, and the answers of a network whose logits are the
    /// true ones times a temperature. <c>mri_tumor</c>, whose images may be of any type, is left out of the truths' draw
    /// but for its turn.</summary>
    private static List<ScoredScan> Scans(int count, int seed, double temperature)
    {
        var random = new Random(seed);
        var scans = new List<ScoredScan>();
        while (scans.Count < count)
        {
            float[] logits = [.. Enumerable.Range(0, 7).Select(label => (random.NextSingle() * 6) - 3)];
            logits[6] = -12;
            var truth = (float[])logits.Clone();
            Softmax.InPlace(truth);
            double drawn = random.NextDouble();
            int label = 0;
            while (label < 6 && (drawn -= truth[label]) > 0) label++;
            float[] answer = [.. logits.Select(logit => (float)(logit * temperature))];
            Softmax.InPlace(answer);
            int number = scans.Count;
            scans.Add(new ScoredScan($"{number}.png", $"{number:x64}", count < 200 ? number % 7 : Math.Min(label, 5), answer)
            {
                Labels = PublishedLabels.Set,
            });
        }
        return scans;
    }
}
