using Gyrus.Evaluation.Statistics;
using Xunit;

namespace Gyrus.Evaluation.Tests.Statistics;

public class BootstrapTests
{
    private static readonly double[] s_values = [.. Enumerable.Range(0, 200).Select(i => (double)(i * 37 % 200))];
    private static readonly int[] s_ownGroups = [.. Enumerable.Range(0, 200)];

    [Fact]
    public void Interval_of_a_mean_is_that_of_the_normal_approximation()
    {
        var mean = Assert.Single(Bootstrap.Run(s_ownGroups, 1, Mean, new(Resamples: 4000)));
        double standardError = Math.Sqrt(s_values.Sum(x => (x - 99.5) * (x - 99.5))) / 200;
        Assert.Equal(99.5, mean.Value!.Value, 1e-9);
        Assert.Equal(99.5 - 1.96 * standardError, mean.Low!.Value, 0.5);
        Assert.Equal(99.5 + 1.96 * standardError, mean.High!.Value, 0.5);
    }

    [Fact]
    public void Interval_covers_the_true_mean_about_as_often_as_it_says()
    {
        int covered = 0;
        for (int trial = 0; trial < 200; trial++)
        {
            var random = new Random(trial);
            double[] sample = [.. Enumerable.Range(0, 60).Select(_ => random.NextDouble())];
            var mean = Bootstrap.Run(
                [.. Enumerable.Range(0, 60)],
                1,
                (weights, figures) => figures[0] = MeanOf(sample, weights),
                new(Resamples: 400, Seed: trial))[0];
            if (mean.Low <= 0.5 && 0.5 <= mean.High) covered++;
        }
        Assert.InRange(covered, 180, 198);
    }

    [Fact]
    public void Same_seed_gives_the_same_intervals_and_another_seed_others()
    {
        var first = Bootstrap.Run(s_ownGroups, 1, Mean, new(Resamples: 300, Seed: 7));
        Assert.Equal(first, Bootstrap.Run(s_ownGroups, 1, Mean, new(Resamples: 300, Seed: 7)));
        Assert.NotEqual(first, Bootstrap.Run(s_ownGroups, 1, Mean, new(Resamples: 300, Seed: 8)));
    }

    [Fact]
    public void Groups_of_copies_make_wider_intervals_than_scans()
    {
        // Each value four times: as groups they are 50 independent values, not 200.
        var copied = Bootstrap.Run(s_ownGroups, 1, MeanOfFours, new())[0];
        var grouped = Bootstrap.Run([.. s_ownGroups.Select(i => i / 4)], 1, MeanOfFours, new())[0];
        Assert.Equal(copied.Value, grouped.Value);
        Assert.InRange((grouped.High - grouped.Low)!.Value / (copied.High - copied.Low)!.Value, 1.8, 2.2);
    }

    [Fact]
    public void Undefined_figures_are_null_and_undefined_resamples_are_left_out()
    {
        var figures = Bootstrap.Run([0, 1], 2, (weights, row) =>
        {
            row[0] = double.NaN;
            row[1] = weights[0] > 0 ? 3 : double.NaN;
        }, new(Resamples: 100));
        Assert.Equal([new(null, null, null), new(3, 3, 3)], figures);
    }

    [Fact]
    public void Quantile_interpolates()
    {
        Assert.Equal(1, Bootstrap.Quantile([1, 2, 4], 0));
        Assert.Equal(3, Bootstrap.Quantile([1, 2, 4], 0.75));
        Assert.Equal(4, Bootstrap.Quantile([1, 2, 4], 1));
    }

    [Theory]
    [InlineData(0, 0.95)]
    [InlineData(10, 0)]
    [InlineData(10, 1)]
    [InlineData(10, double.NaN)]
    public void Options_outside_their_range_are_refused(int resamples, double level) =>
        Assert.Throws<GyrusException>(() => Bootstrap.Run([0], 1, Mean, new(resamples, level)));

    private static void Mean(ReadOnlySpan<int> weights, Span<double> figures) => figures[0] = MeanOf(s_values, weights);

    private static void MeanOfFours(ReadOnlySpan<int> weights, Span<double> figures) =>
        figures[0] = MeanOf([.. s_ownGroups.Select(i => s_values[i / 4])], weights);

    private static double MeanOf(double[] values, ReadOnlySpan<int> weights)
    {
        double sum = 0;
        int all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
            all += weights[i];
        }
        return sum / all;
    }
}
