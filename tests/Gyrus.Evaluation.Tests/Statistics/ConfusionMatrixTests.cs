using Gyrus.Evaluation.Statistics;
using Xunit;

namespace Gyrus.Evaluation.Tests.Statistics;

public class ConfusionMatrixTests
{
    // Truth 0: answered 0, 0, 1. Truth 1: answered 1. Truth 2: answered 0. Label 3 is never seen.
    private static readonly int[] s_truths = [0, 0, 0, 1, 2];
    private static readonly int[] s_answers = [0, 0, 1, 1, 0];
    private static readonly int[,] s_counts = ConfusionMatrix.Count(s_truths, s_answers, 4);

    [Fact]
    public void Count_puts_truth_in_rows_and_answers_in_columns() =>
        Assert.Equal(new[,] { { 2, 1, 0, 0 }, { 0, 1, 0, 0 }, { 1, 0, 0, 0 }, { 0, 0, 0, 0 } }, s_counts);

    [Fact]
    public void Figures_of_a_small_case_equal_those_by_hand()
    {
        Assert.Equal(3 / 5.0, ConfusionMatrix.Accuracy(s_counts));
        Assert.Equal(2 / 3.0, ConfusionMatrix.Precision(s_counts, 0));
        Assert.Equal(2 / 3.0, ConfusionMatrix.Recall(s_counts, 0));
        Assert.Equal(2 / 3.0, ConfusionMatrix.F1(s_counts, 0));
        Assert.Equal(1 / 2.0, ConfusionMatrix.Precision(s_counts, 1));
        Assert.Equal(1.0, ConfusionMatrix.Recall(s_counts, 1));
        Assert.Equal(2 / 3.0, ConfusionMatrix.F1(s_counts, 1));
        Assert.Equal((2 / 3.0 + 2 / 3.0 + 0) / 3, ConfusionMatrix.MacroF1(s_counts)!.Value, 1e-15);
    }

    [Fact]
    public void Figures_without_a_denominator_are_null()
    {
        Assert.Null(ConfusionMatrix.Precision(s_counts, 2));
        Assert.Equal(0, ConfusionMatrix.Recall(s_counts, 2));
        Assert.Equal(0, ConfusionMatrix.F1(s_counts, 2));
        Assert.Null(ConfusionMatrix.Precision(s_counts, 3));
        Assert.Null(ConfusionMatrix.Recall(s_counts, 3));
        Assert.Null(ConfusionMatrix.F1(s_counts, 3));
        Assert.Null(ConfusionMatrix.Accuracy(new int[4, 4]));
        Assert.Null(ConfusionMatrix.MacroF1(new int[4, 4]));
    }

    [Fact]
    public void Weights_count_as_copies() => Assert.Equal(
        ConfusionMatrix.Count([0, 0, 2], [1, 1, 0], 3),
        ConfusionMatrix.Count([0, 1, 2], [1, 1, 0], 3, [2, 0, 1]));

    [Fact]
    public void Binary_counts_call_the_threshold_itself_positive()
    {
        var counts = BinaryCounts.At([0.5, 0.49, 0.9, 0.1, 0.5], [true, true, true, false, false], 0.5);
        Assert.Equal(new BinaryCounts(TruePositive: 2, FalseNegative: 1, TrueNegative: 1, FalsePositive: 1), counts);
        Assert.Equal(2 / 3.0, counts.Sensitivity);
        Assert.Equal(1 / 2.0, counts.Specificity);
        Assert.Equal(3 / 5.0, counts.Accuracy);
    }

    [Fact]
    public void Binary_figures_without_positives_or_negatives_are_null()
    {
        Assert.Null(BinaryCounts.At([0.5], [false], 0.5).Sensitivity);
        Assert.Null(BinaryCounts.At([0.5], [true], 0.5).Specificity);
        Assert.Null(BinaryCounts.At([], [], 0.5).Accuracy);
    }
}
