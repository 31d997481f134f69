using Gyrus.Data.Manifests;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

/// <summary>Runs that begin with the weights of another one.</summary>
public sealed class ContinuedRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_from_another_run_begins_where_that_one_ended()
    {
        var plan = Plan();
        var first = Train(plan, "first");
        // A rate so small that nothing moves: what is measured is what the run began with.
        var still = plan with { Training = plan.Training with { LearningRate = 1e-12, Epochs = 1 } };

        var continued = Train(still with { Start = Open("first") }, "continued");
        var anew = Train(still, "anew");

        Assert.Equal(first.Best.Val.Loss, continued.Best.Val.Loss, 1e-5);
        Assert.NotEqual(first.Best.Val.Loss, anew.Best.Val.Loss, 1e-3);
    }

    [Fact]
    public void Train_from_a_run_that_has_seen_an_image_of_validation_is_refused()
    {
        var plan = Plan();
        Train(plan, "first");
        var moved = plan.Manifest with
        {
            Rows = [.. plan.Manifest.Rows.Select(row => row.Split switch
            {
                Split.Train => row with { Split = Split.Val },
                Split.Val => row with { Split = Split.Train },
                _ => row,
            })],
        };

        var error = Assert.Throws<GyrusException>(
            () => Train(plan with { Manifest = moved, Start = Open("first") }, "continued"));

        Assert.Contains("42 images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_from_a_run_with_a_frozen_backbone_is_refused()
    {
        var plan = Plan();
        Train(plan with { FineTune = null }, "frozen");

        var error = Assert.Throws<GyrusException>(() => Train(plan with { Start = Open("frozen") }, "continued"));

        Assert.Contains("frozen", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_from_a_run_with_another_head_is_refused()
    {
        var plan = Plan();
        Train(plan, "first");

        var error = Assert.Throws<GyrusException>(
            () => Train(plan with { Head = new HeadOptions([4], 0), Start = Open("first") }, "continued"));

        Assert.Contains("the same backbone and hidden layers", error.Message, StringComparison.Ordinal);
    }

    private TrainedRun Open(string run) => TrainedRun.Open(_folder.File(run), TinyData.Backbone, TinyData.Weights());

    private RunPlan Plan() => new(
        TinyData.Write(_folder, 10),
        "dataset.csv",
        TinyData.Backbone,
        TinyData.Weights(),
        TinyData.Backbone.Preprocessing(),
        Float16: false,
        new HeadOptions([16], 0),
        new TrainingOptions { Epochs = 4, LearningRate = 1e-2, Metric = SelectionMetric.Loss },
        new FineTuneOptions { Augmentation = AugmentationOptions.None });

    private RunRecord Train(RunPlan plan, string run) => TrainingRun.Train(
        plan, _folder.File(run), resume: false, _folder.File("features"), TimeProvider.System,
        new RunObserver(), CancellationToken.None);
}
