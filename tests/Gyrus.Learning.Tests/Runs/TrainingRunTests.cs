using Gyrus.Data.Manifests;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Features;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Tests.Training;
using Gyrus.Learning.Training;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

public sealed class TrainingRunTests
{
    [Fact]
    public void Train_writes_what_is_needed_to_repeat_it_and_repeats()
    {
        using var folder = new TempFolder();
        var plan = Plan(TinyData.Write(folder, 10));

        var first = Train(plan, folder, "first");
        var second = Train(plan, folder, "second");

        Assert.Equal(Figures(first), Figures(second));
        foreach (var file in (string[])["run.json", "best.safetensors", "last.safetensors", "learning-curves.svg"])
            Assert.True(File.Exists(folder.File($"first/{file}")), file);
        Assert.Single(Directory.GetFiles(folder.File("first/tensorboard"), "events.out.tfevents.*"));
        var loaded = RunRecord.Load(folder.File("first"));
        Assert.Equal(plan.Recipe.ToJson(), loaded.Recipe.ToJson());
        Assert.Equal(Figures(first), Figures(loaded));
        Assert.Equal(42, loaded.TrainingImages.Count);
        Assert.Equal(14, loaded.SelectionImages.Count);
    }

    [Fact]
    public void Train_that_diverges_is_no_run_and_says_so_again_when_resumed()
    {
        using var folder = new TempFolder();
        var plan = Plan(TinyData.Write(folder, 10));
        plan = plan with { Training = plan.Training with { LearningRate = 1e30 } };

        Assert.Contains("came apart", Assert.Throws<GyrusException>(() => Train(plan, folder, "run")).Message);
        Assert.Contains("came apart", Assert.Throws<GyrusException>(() => Train(plan, folder, "run", resume: true)).Message);

        Assert.False(File.Exists(folder.File("run/run.json")));
    }

    [Fact]
    public void Record_of_a_run_that_came_apart_before_training_stopped_there_is_refused()
    {
        using var folder = new TempFolder();
        var record = Train(Plan(TinyData.Write(folder, 10)), folder, "run");
        var nothing = record.Best.Val with { Loss = double.NaN };
        (record with { Best = record.Best with { Val = nothing } }).Save(folder.File("run"));

        Assert.Contains("run.json: training came apart", Assert.Throws<GyrusException>(() => RunRecord.Load(folder.File("run"))).Message);
    }

    [Fact]
    public void Train_never_opens_an_image_of_the_test_part()
    {
        using var folder = new TempFolder();
        var manifest = TinyData.Write(folder, 10);
        foreach (var row in manifest.Rows.Where(row => row.Split == Split.Test)) File.Delete(manifest.FullPath(row));
        var unusable = new List<UnusableScan>();

        Train(Plan(manifest), folder, "run", unusable: unusable);
        Train(Plan(manifest) with { FineTune = new FineTuneOptions() }, folder, "fine", unusable: unusable);

        Assert.Empty(unusable);
    }

    [Fact]
    public void Train_leaves_out_images_that_cannot_be_used_and_says_which()
    {
        using var folder = new TempFolder();
        var manifest = TinyData.Write(folder, 10);
        File.WriteAllText(folder.File("ct_tumor-0.png"), "changed");
        File.Delete(folder.File("ct_tumor-1.png"));
        var unusable = new List<UnusableScan>();

        var record = Train(Plan(manifest), folder, "run", unusable: unusable);

        Assert.Equal(["ct_tumor-0.png", "ct_tumor-1.png"], unusable.Select(scan => scan.Row.Path));
        Assert.Contains("changed", unusable[0].Reason, StringComparison.Ordinal);
        Assert.Equal(40, record.TrainingImages.Count);
    }

    [Fact]
    public void Train_into_a_folder_with_a_run_needs_to_be_told_to_resume()
    {
        using var folder = new TempFolder();
        var plan = Plan(TinyData.Write(folder, 10));
        var first = Train(plan, folder, "run");

        Assert.Contains("Resume it", Assert.Throws<GyrusException>(() => Train(plan, folder, "run")).Message, StringComparison.Ordinal);
        Assert.Equal(Figures(first), Figures(Train(plan, folder, "run", resume: true)));
    }

    [Fact]
    public void Train_with_fine_tuning_changes_the_folded_backbone_from_the_named_layer_on()
    {
        using var folder = new TempFolder();
        var manifest = TinyData.Write(folder, 10);
        var plan = Plan(manifest) with { FineTune = new FineTuneOptions { FromLayer = "conv2" } };
        var all = Plan(manifest) with { FineTune = new FineTuneOptions() };

        Train(plan, folder, "part");
        Train(all, folder, "all");

        var (_, before) = BatchNormFolding.Fold(TinyData.Backbone.Graph, TinyData.Weights().Tensors, 1e-3);
        var part = new CheckpointFolder(folder.File("part"), plan.Recipe.ToJson()).ReadBest();
        var whole = new CheckpointFolder(folder.File("all"), all.Recipe.ToJson()).ReadBest();
        Assert.Equal(before["conv1/kernel"].Values, part["conv1/kernel"].Values);
        Assert.NotEqual(before["conv2/kernel"].Values, part["conv2/kernel"].Values);
        Assert.NotEqual(before["conv1/kernel"].Values, whole["conv1/kernel"].Values);
        Assert.NotEqual(before["conv1/bias"].Values, whole["conv1/bias"].Values);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Train_with_every_means_cut_off_and_resumed_gives_what_it_gives_in_one_go(int epochsBeforeTheCut) =>
        // In bfloat16 on several threads oneDNN does not add up in one order everywhere: not on machines that hide the
        // sizes of their caches. What is tested is that a resumed run does the same work.
        SingleThreaded.ForEach([epochsBeforeTheCut], CutOffAndResumed, CancellationToken.None);

    private static void CutOffAndResumed(int epochsBeforeTheCut)
    {
        using var folder = new TempFolder();
        var plan = Plan(TinyData.Write(folder, 10)) with
        {
            Preprocessing = TinyData.Backbone.Preprocessing(size: 48, framing: Framing.Head),
            Training = new TrainingOptions
            {
                Epochs = 4,
                LearningRate = 1e-2,
                Schedule = Schedule.Cosine,
                WeightDecay = 0.05,
                LabelSmoothing = 0.1,
                Mixing = 0.3,
                Averaging = 0.9,
                BatchSize = 8,
            },
            FineTune = new FineTuneOptions { StartSize = 32, FullSizeEpochs = 2, BFloat16 = true },
        };
        var whole = Train(plan, folder, "whole");
        using var cut = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => TrainingRun.Train(
            plan, folder.File("cut"), resume: false, folder.File("features"), TimeProvider.System,
            new RunObserver(OnEpoch: epoch =>
            {
                if (epoch.Epoch == epochsBeforeTheCut) cut.Cancel();
            }), cut.Token));

        Assert.Equal(Figures(whole), Figures(Train(plan, folder, "cut", resume: true)));
    }

    [Fact]
    public void Train_on_a_device_that_is_not_there_says_what_to_do()
    {
        using var folder = new TempFolder();
        var plan = Plan(TinyData.Write(folder, 10)) with { FineTune = new FineTuneOptions() };

        foreach (var device in new[] { "cuda:7", "abacus" })
        {
            var error = Assert.Throws<GyrusException>(() => Train(plan with { Device = device }, folder, device));
            Assert.Contains(device, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Train_with_fine_tuning_learns_what_frozen_features_cannot()
    {
        using var folder = new TempFolder();
        var manifest = TinyData.Write(folder, 20);
        var options = new TrainingOptions { Epochs = 25, LearningRate = 3e-3, BatchSize = 16 };
        var frozen = Plan(manifest) with { Head = new HeadOptions([], 0), Training = options };
        var tuned = frozen with
        {
            FineTune = new FineTuneOptions { Augmentation = AugmentationOptions.None, BackboneRate = 1, FirstLayerRate = 1 },
        };

        var without = Train(frozen, folder, "frozen");
        var with = Train(tuned, folder, "tuned");

        Assert.True(with.Best.Val.Loss < without.Best.Val.Loss);
        Assert.InRange(with.Best.Val.Accuracy, 0.5, 1);
    }

    [Fact]
    public void Train_with_fine_tuning_cut_off_and_resumed_gives_what_it_gives_in_one_go()
    {
        using var folder = new TempFolder();
        var plan = Plan(TinyData.Write(folder, 10)) with { FineTune = new FineTuneOptions() };
        var whole = Train(plan, folder, "whole");
        using var cut = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => TrainingRun.Train(
            plan, folder.File("cut"), resume: false, folder.File("features"), TimeProvider.System,
            new RunObserver(OnEpoch: epoch =>
            {
                if (epoch.Epoch == 2) cut.Cancel();
            }), cut.Token));
        var resumed = Train(plan, folder, "cut", resume: true);

        Assert.Equal(Figures(whole), Figures(resumed));
    }

    [Fact]
    public void Train_with_fine_tuning_reads_each_image_once_for_all_sizes_and_epochs()
    {
        using var folder = new TempFolder();
        var manifest = TinyData.Write(folder, 10);
        File.WriteAllText(folder.File("ct_tumor-0.png"), "changed");
        var plan = Plan(manifest) with
        {
            Preprocessing = TinyData.Backbone.Preprocessing() with { Size = 40 },
            FineTune = new FineTuneOptions { StartSize = 32, FullSizeEpochs = 2 },
        };
        var unusable = new List<UnusableScan>();

        // The first epoch begins when all is read; what is read later would not be there.
        var record = TrainingRun.Train(
            plan, folder.File("run"), resume: false, folder.File("features"), TimeProvider.System,
            new RunObserver(OnUnusable: unusable.Add, OnEpoch: epoch =>
            {
                if (epoch.Epoch == 1) foreach (var row in manifest.Rows) File.Delete(manifest.FullPath(row));
            }),
            CancellationToken.None);

        Assert.Equal("ct_tumor-0.png", Assert.Single(unusable).Row.Path);
        Assert.Equal(4, record.History.Count);
        Assert.Equal(41, record.TrainingImages.Count);
    }

    [Fact]
    public void Score_of_a_fine_tuned_run_leaves_out_what_cannot_be_used_and_says_which()
    {
        using var folder = new TempFolder();
        var manifest = TinyData.Write(folder, 10);
        Train(Plan(manifest) with { FineTune = new FineTuneOptions() }, folder, "run");
        var run = TrainedRun.Open(folder.File("run"), TinyData.Backbone, TinyData.Weights());
        var whole = run.Score(manifest, folder.File("features"), new RunObserver(), CancellationToken.None);
        File.WriteAllText(manifest.FullPath(manifest.Rows[3]), "changed");
        var unusable = new List<UnusableScan>();

        var scored = run.Score(manifest, folder.File("features"), new RunObserver(OnUnusable: unusable.Add), CancellationToken.None);

        Assert.Equal(manifest.Rows[3].Path, Assert.Single(unusable).Row.Path);
        Assert.Equal(manifest.Rows.Where((_, i) => i != 3).Select(row => row.Path), scored.Select(scan => scan.Path));
        Assert.Equal(whole[0].Probabilities[0], scored[0].Probabilities[0], 1e-5);
    }

    private static RunPlan Plan(Manifest manifest) => new(
        manifest,
        "dataset.csv",
        TinyData.Backbone,
        TinyData.Weights(),
        TinyData.Backbone.Preprocessing(),
        Float16: false,
        new HeadOptions([16], 0.2),
        new TrainingOptions { Epochs = 4, LearningRate = 1e-2 },
        FineTune: null);

    private static RunRecord Train(
        RunPlan plan, TempFolder folder, string run, bool resume = false, List<UnusableScan>? unusable = null) =>
        TrainingRun.Train(
            plan, folder.File(run), resume, folder.File("features"), TimeProvider.System,
            new RunObserver(OnUnusable: scan => unusable?.Add(scan)), CancellationToken.None);

    private static IEnumerable<EpochRecord> Figures(RunRecord record) =>
        record.History.Select(epoch => epoch with { Seconds = 0 });
}
