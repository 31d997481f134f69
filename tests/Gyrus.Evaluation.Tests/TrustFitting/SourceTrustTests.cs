using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Evaluation.Tests.TrustFitting;

public sealed class SourceTrustTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void A_source_with_more_images_of_the_same_kind_has_no_more_to_say(int seed)
    {
        List<ScoredScan> large = Scans("large", 400, seed, sharpness: 6), small = Scans("small", 200, seed + 100, sharpness: 1.5);
        List<ScoredScan> once = [.. large, .. small];
        List<ScoredScan> repeated = [.. Enumerable.Range(0, 5).SelectMany(_ => large), .. small];

        var (one, five) = (TrustFit.Run(once, new TrustOptions(0.9)), TrustFit.Run(repeated, new TrustOptions(0.9)));

        Assert.Equal(TemperatureFit.Of(once, Weights(once)), TemperatureFit.Of(repeated, Weights(repeated)), 1e-6);
        Assert.Equal(one.Threshold.Threshold, five.Threshold.Threshold, 1e-6);
        Assert.NotEqual(TemperatureFit.Of(once), TemperatureFit.Of(repeated), 1e-2);
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void Sets_hold_the_label_as_often_as_promised_in_each_source(int seed)
    {
        // Of all images together the hard source is a tenth, and pooled limits would leave it far behind.
        List<ScoredScan> Draw(int from) => [.. Scans("easy", 9000, from, sharpness: 6), .. Scans("hard", 1000, from + 1, sharpness: 0.7)];
        var fitted = Draw(seed);
        var trust = TrustFit.Run(fitted, new TrustOptions(Coverage: 0.9));
        var pooled = TrustFit.Run([.. fitted.Select(scan => scan with { Source = "" })], new TrustOptions(Coverage: 0.9));
        var drawn = Draw(seed + 50);

        double Covered(TrustSettings settings, string source) =>
            drawn.Where(scan => scan.Source == source).Average(scan => TrustedAnswer.Of(scan, settings).Covered == true ? 1.0 : 0);

        Assert.InRange(Covered(trust, "hard"), 0.86, 1);
        Assert.InRange(Covered(trust, "easy"), 0.88, 1);
        Assert.True(Covered(pooled, "hard") < 0.8);
    }

    [Fact]
    public void The_threshold_reaches_the_wanted_sensitivity_in_the_mean_over_sources()
    {
        List<ScoredScan> scans = [.. Scans("large", 3000, 31, sharpness: 6), .. Scans("small", 300, 32, sharpness: 1)];

        var trust = TrustFit.Run(scans, new TrustOptions(0.9));

        double Called(string source, double threshold) => scans.Where(scan => scan.Source == source && scan.IsTumour)
            .Average(scan => TemperatureFit.At(scan, trust.Temperature).TumourProbability >= threshold ? 1.0 : 0);
        double Mean(double threshold) => (Called("large", threshold) + Called("small", threshold)) / 2;
        Assert.InRange(Mean(trust.Threshold.Threshold), 0.9, 0.91);
        Assert.True(Mean(trust.Threshold.Threshold + 1e-9) < 0.9);
        Assert.Equal(Mean(trust.Threshold.Threshold), trust.Threshold.Sensitivity!.Value, 1e-9);
    }

    [Fact]
    public void It_is_recorded_over_which_sources_trust_was_learnt()
    {
        var trust = TrustFit.Run([.. Scans("b", 60, 41, 3), .. Scans("a", 40, 42, 3)], new TrustOptions());

        Assert.Equal([new SourceImages("a", 40), new SourceImages("b", 60)], trust.Over!.Sources);
        Assert.Equal(
            (SourceTrust.SourceWeighted, SourceTrust.SourceWeighted, SourceTrust.WorstSource), (trust.Over.Temperature, trust.Over.Threshold, trust.Over.Sets));
    }

    [Fact]
    public void Sources_of_few_images_weigh_as_one_together()
    {
        string[] sources = [.. Enumerable.Repeat("a", 40), .. Enumerable.Repeat("b", 20), .. Enumerable.Repeat("c", 8), .. Enumerable.Repeat("d", 2)];

        var weights = SourceWeights.Of(sources)!;

        Assert.All(weights.Take(40), weight => Assert.Equal(1.0 / 40, weight, 1e-9));
        Assert.All(weights.Skip(40).Take(20), weight => Assert.Equal(1.0 / 20, weight, 1e-9));
        Assert.All(weights.Skip(60), weight => Assert.Equal(1.0 / 10, weight, 1e-9));
        Assert.Null(SourceWeights.Of(sources[60..]));
    }

    [Fact]
    public void With_one_source_nothing_is_weighed_and_nothing_recorded()
    {
        var scans = Scans("", 500, 51, 2);

        var (none, one) = (TrustFit.Run(scans, new TrustOptions()), TrustFit.Run([.. scans.Select(scan => scan with { Source = "a" })], new TrustOptions()));

        Assert.Null(one.Over);
        Assert.Equal((none.Temperature, none.Threshold), (one.Temperature, one.Threshold));
        Assert.Equal(none.Conformal.Least, one.Conformal.Least);
    }

    [Fact]
    public void A_temperature_must_help_on_sources_that_it_was_not_fitted_on()
    {
        // One is far too sure and one far too unsure: what mends the one ruins the other.
        List<ScoredScan> scans = [.. Sharpened("a", 61, 4), .. Sharpened("b", 62, 0.25), .. Sharpened("c", 63, 1)];

        var trust = TrustFit.Run(scans, new TrustOptions());

        Assert.Equal(1, trust.Temperature);
        Assert.NotNull(trust.RejectedTemperature);
        Assert.Contains(TrustNotes.Of([trust], scans[0].Labels), note => note.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void A_temperature_that_helps_in_part_on_sources_that_it_was_not_fitted_on_is_drawn_towards_1()
    {
        // Most are too unsure, by much or by little, and one is not.
        List<ScoredScan> scans = [.. Sharpened("a", 61, 0.4), .. Sharpened("b", 62, 0.5), .. Sharpened("c", 63, 0.6), .. Sharpened("d", 64, 1.3)];

        var trust = TrustFit.Run(scans, new TrustOptions());

        Assert.InRange(trust.Temperature, trust.RejectedTemperature!.Value + 0.02, 0.98);
        Assert.Contains(TrustNotes.Of([trust], scans[0].Labels), note => note.Contains("drawn to", StringComparison.Ordinal));
    }

    private static double[] Weights(List<ScoredScan> scans) => SourceWeights.Of([.. scans.Select(scan => scan.Source)])!;

    /// <summary>Scans of a model that tells tumours from the healthy on MRI: the sharper, the more often it is right.</summary>
    private static List<ScoredScan> Scans(string source, int count, int seed, double sharpness)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            bool tumour = random.Next(2) == 1;
            double odds = ((tumour ? 1 : -1) * sharpness / 2) + ((random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5) * 4);
            return Scan(source, (seed * 100_000) + i, tumour, odds);
        })];
    }

    /// <summary>Scans whose log-odds are as many times what they should be.</summary>
    private static List<ScoredScan> Sharpened(string source, int seed, double times)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 600).Select(i =>
        {
            double odds = (random.NextDouble() * 6) - 3;
            return Scan(source, (seed * 100_000) + i, random.NextDouble() < 1 / (1 + Math.Exp(-odds)), odds * times);
        })];
    }

    private static ScoredScan Scan(string source, int number, bool tumour, double odds)
    {
        float probability = (float)(1 / (1 + Math.Exp(-odds)));
        return MadeUpScans.Scan(number, tumour ? "mri_glioma" : "mri_healthy", 0, 0, probability, 1 - probability, 0, 0, 0) with { Source = source };
    }
}
