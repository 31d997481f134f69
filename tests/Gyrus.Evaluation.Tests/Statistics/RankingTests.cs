using FsCheck;
using FsCheck.Fluent;
using Gyrus.Evaluation.Statistics;
using Xunit;

namespace Gyrus.Evaluation.Tests.Statistics;

public class RankingTests
{
    [Fact]
    public void Auroc_of_a_small_case_with_a_tie_equals_that_by_hand()
    {
        // Pairs: 0.9 beats both; 0.4 ties with 0.4 and beats 0.1: 3.5 of 4.
        Assert.Equal(3.5 / 4, Ranking.Auroc([0.9, 0.4, 0.4, 0.1], [true, true, false, false]));
    }

    [Fact]
    public void Auroc_is_null_without_positives_or_negatives()
    {
        Assert.Null(Ranking.Auroc([0.1, 0.2], [true, true]));
        Assert.Null(Ranking.Auroc([0.1, 0.2], [false, false]));
        Assert.Null(Ranking.Auroc([], []));
    }

    [Fact]
    public void Auroc_equals_the_count_over_all_pairs_with_ties_and_weights()
    {
        // Few distinct scores, so that ties are common.
        var scan = from score in Gen.Choose(0, 8)
                   from positive in ArbMap.Default.GeneratorFor<bool>()
                   from weight in Gen.Choose(0, 3)
                   select (Score: score / 8.0, Positive: positive, Weight: weight);
        Prop.ForAll(scan.ListOf().ToArbitrary(), scans =>
        {
            double[] scores = [.. scans.Select(s => s.Score)];
            bool[] positives = [.. scans.Select(s => s.Positive)];
            int[] weights = [.. scans.Select(s => s.Weight)];
            var ranking = new Ranking(scores, positives);
            int[] once = [.. weights.Select(_ => 1)];
            return Same(ranking.Auroc(), AllPairs(scores, positives, once))
                && (scans.Count == 0 || Same(ranking.Auroc(weights), AllPairs(scores, positives, weights)))
                && Same(ranking.Auroc(), Area(ranking.Curve()));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Curve_of_a_perfect_ranking_has_three_points() => Assert.Equal(
        [new(0, 0), new(0, 1), new(1, 1)],
        new Ranking([0.9, 0.8, 0.7, 0.2, 0.1], [true, true, true, false, false]).Curve());

    private static bool Same(double? a, double? b) =>
        a is null || b is null ? a is null && b is null : Math.Abs(a.Value - b.Value) < 1e-12;

    private static double? AllPairs(double[] scores, bool[] positives, int[] weights)
    {
        double won = 0;
        double pairs = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (!positives[i] || positives[j]) continue;
                double pair = weights[i] * weights[j];
                pairs += pair;
                won += pair * (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0);
            }
        }
        return pairs == 0 ? null : won / pairs;
    }

    private static double? Area(IReadOnlyList<RocPoint> curve)
    {
        if (curve.Count == 0) return null;
        return curve.Zip(curve.Skip(1), (a, b) =>
            (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
    }
}
