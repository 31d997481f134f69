using FsCheck;
using FsCheck.Fluent;
using Gyrus.Evaluation.Statistics;
using Xunit;

namespace Gyrus.Evaluation.Tests.Statistics;

public sealed class BinaryWorkTests
{
    // By hand: thresholds 0.9 (1 of 1), 0.8 (1 of 2), 0.7 (2 of 3 with a tie of a positive and a negative: 2 of 4), 0.1.
    private static readonly double[] s_scores = [0.9, 0.8, 0.7, 0.7, 0.1];
    private static readonly bool[] s_positives = [true, false, true, false, true];

    [Fact]
    public void Average_precision_is_the_mean_precision_at_the_positives() =>
        Assert.Equal((1.0 + (2.0 / 4) + (3.0 / 5)) / 3, new Ranking(s_scores, s_positives).AveragePrecision()!.Value, 1e-12);

    [Fact]
    public void Sensitivity_and_specificity_at_the_other_are_those_of_the_best_threshold()
    {
        var ranking = new Ranking(s_scores, s_positives);

        Assert.Equal(1 / 3.0, ranking.SensitivityAt(1));
        Assert.Equal(1 / 3.0, ranking.SensitivityAt(0.5));
        Assert.Equal(1.0, ranking.SensitivityAt(0));
        Assert.Equal(0.0, ranking.SpecificityAt(1));
        Assert.Equal(0.0, ranking.SpecificityAt(0.5));
        Assert.Equal(1.0, ranking.SpecificityAt(1 / 3.0));
        Assert.Equal(1.0, ranking.SpecificityAt(0));
    }

    [Fact]
    public void Figures_without_a_positive_or_without_a_negative_are_not_defined()
    {
        Assert.Null(new Ranking([0.1], [false]).AveragePrecision());
        Assert.Null(new Ranking([0.1], [false]).SensitivityAt(0.9));
        Assert.Null(new Ranking([0.1], [true]).SpecificityAt(0.9));
        Assert.Equal(1.0, new Ranking([0.1], [true]).AveragePrecision());
        Assert.Empty(new Ranking([0.1], [false]).PrecisionRecallCurve());
    }

    [Fact]
    public void Figures_of_a_resample_are_those_of_the_scans_written_out_as_often()
    {
        // A scan is a number: its score, its truth and its weight.
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Gen.Choose(0, (7 * 2 * 4) - 1).ListOf(20).ToArbitrary(), drawn =>
        {
            double[] scores = [.. drawn.Select(scan => scan % 7 / 6.0)];
            bool[] positives = [.. drawn.Select(scan => scan / 7 % 2 == 0)];
            int[] weights = [.. drawn.Select(scan => scan / 14)];
            var written = Enumerable.Range(0, drawn.Count).SelectMany(i => Enumerable.Repeat(i, weights[i])).ToList();
            var weighted = new Ranking(scores, positives);
            double[] writtenScores = [.. written.Select(i => scores[i])];
            bool[] writtenPositives = [.. written.Select(i => positives[i])];
            var plain = new Ranking(writtenScores, writtenPositives);

            Assert.Equal(plain.AveragePrecision(), weighted.AveragePrecision(weights));
            foreach (double share in (double[])[0, 0.3, 0.5, 0.95, 1])
            {
                Assert.Equal(plain.SensitivityAt(share), weighted.SensitivityAt(share, weights));
                Assert.Equal(plain.SpecificityAt(share), weighted.SpecificityAt(share, weights));
                Assert.Equal(Best(writtenScores, writtenPositives, share), plain.SensitivityAt(share));
            }
        }));
    }

    [Fact]
    public void Threshold_table_counts_as_each_threshold_decides()
    {
        var rows = ThresholdTable.Of(s_scores, s_positives);

        Assert.Equal([0.9, 0.8, 0.7, 0.1], rows.Select(row => row.Threshold));
        Assert.All(rows, row => Assert.Equal(BinaryCounts.At(s_scores, s_positives, row.Threshold), row.Counts));
    }

    [Fact]
    public void Predictive_values_are_shares_of_what_is_called_so()
    {
        var counts = BinaryCounts.At(s_scores, s_positives, 0.75);

        Assert.Equal(1 / 2.0, counts.PositivePredictiveValue);
        Assert.Equal(1 / 3.0, counts.NegativePredictiveValue);
        Assert.Null(BinaryCounts.At(s_scores, s_positives, 2).PositivePredictiveValue);
    }

    /// <summary>The same by trying every threshold.</summary>
    private static double? Best(double[] scores, bool[] positives, double specificity)
    {
        if (positives.All(positive => positive) || !positives.Any(positive => positive)) return null;
        return scores.Append(double.PositiveInfinity).Select(threshold => BinaryCounts.At(scores, positives, threshold))
            .Where(counts => counts.TrueNegative >= specificity * (counts.TrueNegative + counts.FalsePositive))
            .Max(counts => counts.Sensitivity);
    }
}
