using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

/// <summary>Runs that begin with drawn weights.</summary>
public sealed class ScratchRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_from_scratch_learns_and_opens_without_pretrained_weights()
    {
        var store = new WeightStore(_folder.File("no-weights"));
        var data = TinyData.Write(_folder, 5);

        var record = Train(RunPlan.Of(Recipe(), data, "dataset.csv", store));

        Assert.True(record.History[^1].Train.Loss < record.History[0].Train.Loss - 0.2);
        Assert.Contains("drawn at random", record.WeightsSource, StringComparison.Ordinal);
        Assert.True(TrainedRun.Open(_folder.File("run"), store).FromScratch);
        // The recipe that it leaves can be repeated with another seed, whose weights are others.
        var repeated = RecipeFile.Read(Path.Combine(_folder.File("run"), RecipeFile.FileName));
        var other = RunPlan.Of(repeated with { Training = repeated.Training with { Seed = 2 } }, data, "dataset.csv", store);
        Assert.NotEqual(record.Recipe.WeightsHash, other.Recipe.WeightsHash);
    }

    [Fact]
    public void Layers_that_were_drawn_cannot_be_kept_as_they_are()
    {
        var recipe = Recipe();
        recipe = recipe with { FineTune = recipe.FineTune! with { FromLayer = "conv5" } };

        var error = Assert.Throws<GyrusException>(
            () => Train(RunPlan.Of(recipe, TinyData.Write(_folder, 5), "dataset.csv", new WeightStore(_folder.File("no-weights")))));

        Assert.Contains("without a first layer", error.Message, StringComparison.Ordinal);
    }

    private static TrainingRecipe Recipe() => new()
    {
        Preprocessing = new(32, default, default),
        Head = new HeadOptions([], 0),
        Training = new TrainingOptions { Epochs = 4, BatchSize = 8, LearningRate = 1e-3, Schedule = Schedule.Cosine },
        FineTune = new FineTuneOptions { FromScratch = true, BackboneRate = 1, Augmentation = AugmentationOptions.None },
    };

    private RunRecord Train(RunPlan plan) => TrainingRun.Train(
        plan, _folder.File("run"), resume: false, _folder.File("features"), TimeProvider.System, new RunObserver(), TestContext.Current.CancellationToken);
}
