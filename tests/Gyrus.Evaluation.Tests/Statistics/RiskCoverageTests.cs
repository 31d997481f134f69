using Gyrus.Evaluation.Statistics;
using Xunit;

namespace Gyrus.Evaluation.Tests.Statistics;

public sealed class RiskCoverageTests
{
    [Fact]
    public void Curve_and_area_are_those_worked_out_by_hand()
    {
        // The surest first: right, wrong, right, wrong.
        var curve = new RiskCoverage([0.2, 0.9, 0.4, 0.7], [true, false, false, true]);

        Assert.Equal(
            [new RiskPoint(0.25, 0), new RiskPoint(0.5, 1 / 2.0), new RiskPoint(0.75, 1 / 3.0), new RiskPoint(1, 2 / 4.0)], curve.Curve());
        Assert.Equal((0 + (1 / 2.0) + (1 / 3.0) + (2 / 4.0)) / 4, curve.Area()!.Value, 1e-12);
        Assert.Equal((1 / 2.0, 1 / 3.0, 0.0), (curve.RiskAt(0.5), curve.RiskAt(0.51), curve.RiskAt(0)));
    }

    [Fact]
    public void Answers_that_are_equally_sure_come_together_in_whatever_order_they_stand()
    {
        var one = new RiskCoverage([1, 1, 1, 0], [true, false, false, true]);
        var other = new RiskCoverage([0, 1, 1, 1], [true, false, false, true]);

        Assert.Equal([new RiskPoint(0.75, 1 / 3.0), new RiskPoint(1, 0.5)], one.Curve());
        Assert.Equal(one.Curve(), other.Curve());
        Assert.Equal(one.Area()!.Value, other.Area()!.Value, 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Weights_count_an_answer_as_often_as_it_stands_in_a_list(int seed)
    {
        var random = new Random(seed);
        double[] confidences = [.. Enumerable.Range(0, 60).Select(_ => Math.Round(random.NextDouble(), 1))];
        bool[] wrong = [.. confidences.Select(one => random.NextDouble() > one)];
        int[] weights = [.. confidences.Select(_ => random.Next(4))];
        int[] repeated = [.. Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(i, weights[i]))];
        var curve = new RiskCoverage(confidences, wrong);
        var whole = new RiskCoverage([.. repeated.Select(i => confidences[i])], [.. repeated.Select(i => wrong[i])]);

        Assert.Equal(whole.Area()!.Value, curve.Area(weights)!.Value, 1e-12);
        Assert.Equal(whole.RiskAt(0.8)!.Value, curve.RiskAt(0.8, weights)!.Value, 1e-12);
        Assert.InRange(curve.Area()!.Value, 0, 1);
        Assert.Equal(wrong.Average(one => one ? 1.0 : 0), curve.Curve()[^1].Risk, 1e-12);
        Assert.Equal(wrong.Average(one => one ? 1.0 : 0), curve.RiskAt(1)!.Value, 1e-12);
    }

    [Fact]
    public void Without_an_answer_there_is_nothing_to_say()
    {
        var curve = new RiskCoverage([0.5], [true]);

        Assert.Null(curve.Area([0]));
        Assert.Null(curve.RiskAt(0.8, [0]));
        Assert.Empty(new RiskCoverage([], []).Curve());
    }
}
