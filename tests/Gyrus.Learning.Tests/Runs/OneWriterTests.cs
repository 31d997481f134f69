using Gyrus.Data.Manifests;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

/// <summary>Outputs that are gone on with have one writer; another is refused before it has done any work.</summary>
public sealed class OneWriterTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_into_a_folder_that_another_trains_into_is_refused_and_goes_on_afterwards()
    {
        var plan = Plan();
        using (OutputLock.TakeFolder(_folder.File("out"))) Refused(() => Train(plan));

        Assert.Equal(plan.Training.Epochs, Train(plan).History.Count);
    }

    [Fact]
    public void Train_keeps_its_folder_to_the_end()
    {
        bool taken = false;

        TrainingRun.Train(
            Plan(), _folder.File("out"), resume: false, _folder.File("features"), TimeProvider.System,
            new RunObserver(OnEpoch: _ =>
            {
                Assert.Throws<GyrusException>(() => OutputLock.TakeFolder(_folder.File("out")));
                taken = true;
            }), CancellationToken.None);

        Assert.True(taken);
        OutputLock.TakeFolder(_folder.File("out")).Dispose();
    }

    [Fact]
    public void Tune_into_a_folder_that_another_tunes_into_is_refused()
    {
        using var other = OutputLock.TakeFolder(_folder.File("out"));

        Refused(() => TuningStudy.Run(
            Plan(), new TuningGrid(), _folder.File("out"), _folder.File("features"), TimeProvider.System, new RunObserver(),
            CancellationToken.None));
    }

    [Fact]
    public void Folds_in_a_folder_that_another_trains_into_are_refused()
    {
        using var other = OutputLock.TakeFolder(_folder.File("out"));
        var plan = Plan();
        var folds = plan.Manifest with { Rows = [.. plan.Manifest.Rows.Select((row, i) => row with { Split = Split.None, Fold = i % 3 })] };

        Refused(() => FoldStudy.Run(
            plan with { Manifest = folds }, _folder.File("out"), new TrustOptions(), _folder.File("features"), TimeProvider.System,
            new RunObserver(), null, CancellationToken.None));
    }

    private void Refused(Action work)
    {
        Assert.StartsWith(
            _folder.File("out") + ": another gyrus is writing there", Assert.Throws<GyrusException>(work).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("features")));
    }

    private RunRecord Train(RunPlan plan) => TrainingRun.Train(
        plan, _folder.File("out"), resume: false, _folder.File("features"), TimeProvider.System, new RunObserver(),
        CancellationToken.None);

    private RunPlan Plan() => new(
        TinyData.Write(_folder, 5),
        "dataset.csv",
        TinyData.Backbone,
        TinyData.Weights(),
        TinyData.Backbone.Preprocessing(),
        Float16: false,
        new HeadOptions([4], 0),
        new TrainingOptions { Epochs = 2, LearningRate = 1e-2 },
        FineTune: null);
}
