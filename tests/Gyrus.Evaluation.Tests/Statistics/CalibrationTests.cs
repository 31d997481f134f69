using FsCheck;
using FsCheck.Fluent;
using Gyrus.Evaluation.Statistics;
using Xunit;

namespace Gyrus.Evaluation.Tests.Statistics;

public class CalibrationTests
{
    [Fact]
    public void Expected_error_of_calibrated_confidences_is_zero()
    {
        // Of each ten scans at a confidence of k / 10, k come true.
        double[] confidences = [.. Enumerable.Range(0, 110).Select(i => i / 10 / 10.0)];
        bool[] outcomes = [.. Enumerable.Range(0, 110).Select(i => i % 10 < i / 10)];
        Assert.Equal(0, Calibration.ExpectedError(confidences, outcomes, bins: 11)!.Value, 1e-12);
    }

    [Fact]
    public void Expected_error_of_a_small_case_equals_that_by_hand()
    {
        // Two bins of two: mean 0.15 against 0 true, mean 0.85 against a half true.
        double[] confidences = [0.9, 0.1, 0.2, 0.8];
        bool[] outcomes = [true, false, false, false];
        Assert.Equal(
            (2 * 0.15 + 2 * 0.35) / 4, Calibration.ExpectedError(confidences, outcomes, bins: 2)!.Value, 1e-12);
        // One bin: mean 0.5 against a quarter true.
        Assert.Equal(0.25, Calibration.ExpectedError(confidences, outcomes, bins: 1)!.Value, 1e-12);
    }

    [Fact]
    public void Expected_error_of_sure_and_wrong_is_one() =>
        Assert.Equal(1, Calibration.ExpectedError([1, 1, 0], [false, false, true], bins: 15));

    [Fact]
    public void Expected_error_without_scans_is_null() => Assert.Null(Calibration.ExpectedError([], [], bins: 15));

    [Fact]
    public void Bins_hold_equally_many_where_nothing_ties()
    {
        double[] confidences = [.. Enumerable.Range(0, 60).Select(i => Math.Pow(i / 60.0, 3))];
        var bins = new Calibration(confidences, new bool[60]).Bins(15);
        Assert.Equal(15, bins.Count);
        Assert.All(bins, bin => Assert.Equal(4, bin.Count));
    }

    [Fact]
    public void Bins_keep_equal_confidences_together()
    {
        var bins = new Calibration([1, 1, 1, 1, 0.5, 0.25], [true, true, true, false, true, false]).Bins(3);
        Assert.Equal([new(2, 0.375, 0.5), new(4, 1, 0.75)], bins);
    }

    [Fact]
    public void Expected_error_does_not_depend_on_order_and_weights_count_as_copies()
    {
        var scan = from confidence in Gen.Choose(0, 20)
                   from outcome in ArbMap.Default.GeneratorFor<bool>()
                   from weight in Gen.Choose(0, 3)
                   select (Confidence: confidence / 20.0, Outcome: outcome, Weight: weight);
        Prop.ForAll(scan.NonEmptyListOf().ToArbitrary(), scans =>
        {
            double[] confidences = [.. scans.Select(s => s.Confidence)];
            bool[] outcomes = [.. scans.Select(s => s.Outcome)];
            int[] weights = [.. scans.Select(s => s.Weight)];
            var copies = scans.SelectMany(s => Enumerable.Repeat(s, s.Weight)).Reverse().ToArray();
            double? weighted = new Calibration(confidences, outcomes).ExpectedError(5, weights);
            double? copied = Calibration.ExpectedError(
                [.. copies.Select(s => s.Confidence)], [.. copies.Select(s => s.Outcome)], 5);
            return weighted is null ? copied is null : Math.Abs(weighted.Value - copied!.Value) < 1e-12;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Log_loss_and_brier_score_equal_those_by_hand()
    {
        Assert.Equal(Math.Log(4), ProbabilityScores.LogLoss([0.25f, 0.75f], 0), 1e-12);
        Assert.Equal(-Math.Log(ProbabilityScores.SmallestProbability), ProbabilityScores.LogLoss([0, 1], 0));
        Assert.Equal(0.75 * 0.75 * 2, ProbabilityScores.Brier([0.25f, 0.75f], 0), 1e-12);
        Assert.Equal(2, ProbabilityScores.Brier([0, 1], 0));
    }
}
