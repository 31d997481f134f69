using Gyrus.Learning.Heads;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;
using Xunit;

namespace Gyrus.Learning.Tests.Tuning;

public sealed class HeadTuningTests
{
    private static readonly TuningGrid Grid = new()
    {
        LearningRates = [1e-4, 1e-2],
        InnerSizes = [4, 16],
        Dropouts = [0, 0.5],
    };

    [Fact]
    public void Run_tries_each_setting_once_and_ranks_by_validation()
    {
        var results = Run([]);

        Assert.Equal(Grid.Points().ToHashSet(), results.Select(result => result.Point).ToHashSet());
        Assert.Equal(8, results.Count);
        Assert.Equal(results.OrderByDescending(r => r.Best.Val.Accuracy).ThenBy(r => r.Best.Val.Loss), results);
        Assert.Equal(1e-2, results[0].Point.LearningRate);
    }

    [Fact]
    public void Run_side_by_side_gives_each_setting_what_it_gives_alone()
    {
        var together = Run([]);

        var alone = Run(together.Skip(1).ToList());

        Assert.Equal(Losses(together[0]), Losses(alone.Single(result => result.Point == together[0].Point)));
    }

    [Fact]
    public void Run_does_not_compute_again_what_is_done()
    {
        var all = Run([]);
        var computed = new List<TuningPoint>();

        Run(all.Take(6).ToList(), computed);

        Assert.Equal(all.Skip(6).Select(result => result.Point).ToHashSet(), computed.ToHashSet());
    }

    [Fact]
    public void Points_of_an_empty_list_are_refused() =>
        Assert.Throws<GyrusException>(() => (Grid with { Dropouts = [] }).Points());

    private static IReadOnlyList<TuningResult> Run(List<TuningResult> done, List<TuningPoint>? computed = null) =>
        HeadTuning.Run(
            new Blobs(140, 1), new Blobs(70, 2), Blobs.Dimensions, Grid, HeadOptions.Published,
            new TrainingOptions { Epochs = 3 }, done, result => computed?.Add(result.Point), null, CancellationToken.None);

    private static IEnumerable<double> Losses(TuningResult result) => result.History.Select(epoch => epoch.Val.Loss);
}
