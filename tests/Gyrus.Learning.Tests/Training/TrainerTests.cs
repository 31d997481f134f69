using Gyrus.Imaging.Labels;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Training;

public sealed class TrainerTests
{
    private static readonly TrainingOptions Options = new()
    {
        Epochs = 6,
        Seed = 5,
        LearningRate = 1e-2,
        Unspecified = Unspecified.AsPublished,
    };

    [Fact]
    public void Fit_on_separable_clouds_learns_them()
    {
        var result = Fit(Options with { Epochs = 20 }, noise: 0.5);

        Assert.InRange(result.Best.Val.Accuracy, 0.99, 1);
        Assert.True(result.History[^1].Train.Loss < result.History[0].Train.Loss / 2);
    }

    [Fact]
    public void Fit_twice_with_one_seed_gives_equal_weights_and_with_another_seed_others()
    {
        var first = Fit(Options);
        var second = Fit(Options);
        var other = Fit(Options with { Seed = 6 });

        AssertEqual(first, second);
        Assert.NotEqual(first.Weights["logits/kernel"].Values, other.Weights["logits/kernel"].Values);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(37)]
    public void Fit_cut_off_and_resumed_gives_what_it_gives_in_one_go(int stepsBeforeTheCut)
    {
        using var folder = new TempFolder();
        var whole = Fit(Options);

        Assert.Throws<OperationCanceledException>(
            () => Fit(Options, new CheckpointFolder(folder.Path, "recipe", saveEvery: TimeSpan.Zero), stepsBeforeTheCut));
        var resumed = Fit(Options, new CheckpointFolder(folder.Path, "recipe"));

        AssertEqual(whole, resumed);
    }

    [Fact]
    public void Fit_that_has_ended_and_is_resumed_gives_its_result_again_without_a_step()
    {
        using var folder = new TempFolder();
        var first = Fit(Options, new CheckpointFolder(folder.Path, "recipe"));

        var again = Fit(Options, new CheckpointFolder(folder.Path, "recipe"), cutAfter: 0);

        AssertEqual(first, again);
    }

    [Fact]
    public void Fit_in_the_folder_of_another_recipe_is_refused()
    {
        using var folder = new TempFolder();
        Fit(Options, new CheckpointFolder(folder.Path, "one recipe"));

        var error = Assert.Throws<GyrusException>(() => Fit(Options, new CheckpointFolder(folder.Path, "another")));

        Assert.Contains("last.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_that_comes_apart_stops_at_once_and_says_what_to_try()
    {
        var error = Assert.Throws<GyrusException>(() => Fit(Options with { LearningRate = 1e30 }));

        Assert.Contains("Training came apart in epoch 1", error.Message);
        Assert.Contains("learning rate", error.Message);
    }

    [Fact]
    public void Fit_with_gradients_shorter_than_the_clip_is_as_without_it_and_with_longer_ones_is_another()
    {
        var plain = Fit(Options);

        AssertEqual(plain, Fit(Options with { ClipGradients = 1e9 }));
        Assert.NotEqual(
            plain.Weights["logits/kernel"].Values, Fit(Options with { ClipGradients = 1e-3 }).Weights["logits/kernel"].Values);
    }

    [Fact]
    public void Fit_with_patience_stops_when_validation_no_longer_improves()
    {
        var result = Fit(Options with { Epochs = 200, Patience = 3 }, noise: 3);

        Assert.Equal(result.Best.Epoch + 3, result.History.Count);
    }

    [Fact]
    public void Fit_chooses_the_epoch_that_is_best_on_validation_and_keeps_its_weights()
    {
        var result = Fit(Options with { Epochs = 12, Metric = SelectionMetric.Loss }, noise: 3);

        Assert.Equal(result.History.Min(epoch => epoch.Val.Loss), result.Best.Val.Loss);
        using var network = new TorchNetwork(HeadOptions.Published.Graph(Blobs.Dimensions, PublishedLabels.Set.Count), result.Weights, 0);
        var val = Val(3);
        var probabilities = Prediction.Run(network, val);
        var loss = probabilities.Zip(val.Labels, (p, label) => -Math.Log(p[label])).Average();
        Assert.Equal(result.Best.Val.Loss, loss, 1e-5);
    }

    [Fact]
    public void Fit_chooses_none_of_the_epochs_that_do_not_count_where_a_later_one_is_there()
    {
        // On noise like this the third epoch of 30 is the best on validation, and each later one is worse.
        var options = Options with { Epochs = 30, Metric = SelectionMetric.Loss };
        var free = Fit(options, noise: 4);
        using var network = Network(options.Seed);

        var bound = Trainer.Fit(
            network, Train(4), Val(4), options, firstThatCounts: 20, cancellation: TestContext.Current.CancellationToken);

        Assert.InRange(free.Best.Epoch, 1, 19);
        Assert.Equal(bound.History.Skip(19).MinBy(epoch => epoch.Val.Loss)!.Epoch, bound.Best.Epoch);
    }

    [Fact]
    public void Fit_with_balanced_weights_finds_more_of_a_rare_label()
    {
        var rare = new Imbalanced(3);
        var plain = FitOn(rare, Options with { Epochs = 10 });
        var balanced = FitOn(rare, Options with { Epochs = 10, ClassWeights = ClassWeights.Balanced });

        Assert.True(RecallOfLabel0(balanced) > RecallOfLabel0(plain));
    }

    [Fact]
    public void Fit_leaves_weights_alone_that_require_no_gradient()
    {
        var graph = HeadOptions.Published.Graph(Blobs.Dimensions, PublishedLabels.Set.Count);
        var first = HeadWeights.Draw(graph, 1);
        using var network = new TorchNetwork(graph, first, 0);
        network.MakeTrainable(["logits/kernel", "logits/bias"]);

        var result = Trainer.Fit(
            network, Train(1), Val(1), Options, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(first["dense_1/kernel"].Values, result.Weights["dense_1/kernel"].Values);
        Assert.NotEqual(first["logits/kernel"].Values, result.Weights["logits/kernel"].Values);
    }

    [Fact]
    public void Fit_with_averaging_keeps_the_average_and_goes_on_from_the_weights()
    {
        var plain = Fit(Options);
        var averaged = Fit(Options with { Averaging = 0.9 });

        // The steps are the same: only what is measured and kept differs.
        Assert.Equal(plain.History.Select(epoch => epoch.Train), averaged.History.Select(epoch => epoch.Train));
        Assert.NotEqual(plain.Weights["logits/kernel"].Values, averaged.Weights["logits/kernel"].Values);
        Assert.InRange(averaged.Best.Val.Loss, 0, plain.History[0].Val.Loss);
    }

    [Theory]
    [InlineData(0, 32, 1)]
    [InlineData(0.1, 0, 1)]
    [InlineData(0.1, 32, 0)]
    public void Fit_with_an_option_out_of_range_says_which(double learningRate, int batchSize, int epochs) =>
        Assert.Throws<GyrusException>(() => Fit(
            Options with { LearningRate = learningRate, BatchSize = batchSize, Epochs = epochs }));

    private static Blobs Train(double noise) => new(200, seed: 1, noise);

    private static Blobs Val(double noise) => new(70, seed: 2, noise);

    private static TrainingResult Fit(
        TrainingOptions options, CheckpointFolder? checkpoints = null, int cutAfter = int.MaxValue, double noise = 2)
    {
        using var cut = new CancellationTokenSource();
        var train = Train(noise);
        int batches = 0;
        train.OnBatch = () =>
        {
            if (++batches >= cutAfter) cut.Cancel();
            Assert.False(cutAfter == 0, "a step was taken");
        };
        using var network = Network(options.Seed);
        return Trainer.Fit(network, train, Val(noise), options, checkpoints: checkpoints, cancellation: cut.Token);
    }

    private static TrainingResult FitOn(IBatchSource train, TrainingOptions options)
    {
        using var network = Network(options.Seed);
        return Trainer.Fit(network, train, Val(3), options with { Metric = SelectionMetric.Loss });
    }

    private static TorchNetwork Network(int seed)
    {
        var graph = HeadOptions.Published.Graph(Blobs.Dimensions, PublishedLabels.Set.Count);
        var network = new TorchNetwork(graph, HeadWeights.Draw(graph, seed), 0);
        network.MakeTrainable(graph.Variables.Select(variable => variable.Name));
        return network;
    }

    private static double RecallOfLabel0(TrainingResult result)
    {
        using var network = new TorchNetwork(HeadOptions.Published.Graph(Blobs.Dimensions, PublishedLabels.Set.Count), result.Weights, 0);
        var val = Val(3);
        return Prediction.Run(network, val).Zip(val.Labels).Where(pair => pair.Second == 0)
            .Average(pair => pair.First.Max() == pair.First[0] ? 1 : 0);
    }

    private static void AssertEqual(TrainingResult a, TrainingResult b)
    {
        Assert.Equal(a.History.Select(epoch => epoch with { Seconds = 0 }), b.History.Select(epoch => epoch with { Seconds = 0 }));
        Assert.Equal(a.Best.Epoch, b.Best.Epoch);
        foreach (var tensor in a.Weights.Tensors) Assert.Equal(tensor.Values, b.Weights[tensor.Name].Values);
    }

    /// <summary>Clouds of which label 0 is seen a tenth as often.</summary>
    private sealed class Imbalanced(double noise) : IBatchSource
    {
        private readonly Blobs _all = new(700, seed: 1, noise);
        private readonly int[] _kept = [.. Enumerable.Range(0, 700).Where(i => i % 7 != 0 || i % 70 == 0)];

        public LabelSet LabelSet => _all.LabelSet;

        public IReadOnlyList<int> Labels => [.. _kept.Select(i => _all.Labels[i])];

        public TorchSharp.torch.Tensor Inputs(IReadOnlyList<int> images, int epoch, long seed) =>
            _all.Inputs([.. images.Select(image => _kept[image])], epoch, seed);
    }
}
