using System.Security.Cryptography;
using Gyrus.Cluster.Clients;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Tests.Running;
using Gyrus.Cluster.Training;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Features;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Native;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Learning.Tuning;
using Gyrus.Learning.Weights;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Cluster.Tests.Training;

/// <summary>What nodes train is what one machine trains.</summary>
public sealed class TrainingJobsTests : IAsyncLifetime
{
    private static readonly TuningGrid Grid = new() { LearningRates = [1e-3, 1e-2], InnerSizes = [4], Dropouts = [0, 0.5] };

    private readonly TempFolder _folder = new();
    private RunningCluster _cluster = null!;
    private TrainingJobs _training = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        TorchLibrary.EnsureLoadable();
        _cluster = await RunningCluster.Start(new ClusterStore.OfOneNode(), nodes: 1);
        _training = new TrainingJobs(_cluster.Client, new WeightStore(_folder.File("weights")), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task FeaturesAreThoseOfOneMachineToTheBit()
    {
        var plan = Plan();
        File.WriteAllText(plan.Manifest.FullPath(plan.Manifest.Rows[3]), "no image");
        var job = await _training.Features(plan, progress: null, Cancel);
        await _cluster.End(job);
        var error = Assert.Single(await _training.KeepFeatures(job, plan, _folder.File("cluster"), progress: null, Cancel));
        Assert.Contains(plan.Manifest.FullPath(plan.Manifest.Rows[3]), error, StringComparison.Ordinal);

        using var extractor = new FeatureExtractor(plan.Backbone, plan.Weights, plan.Preprocessing, plan.Float16);
        using var own = extractor.OpenCache(_folder.File("own"));
        extractor.Run(plan.Manifest, own, progress: null, Cancel);
        using var brought = extractor.OpenCache(_folder.File("cluster"));
        Assert.Equal(plan.Manifest.Rows.Count - 1, brought.Count);
        var (expected, actual) = (new float[own.FeatureCount], new float[own.FeatureCount]);
        foreach (var row in plan.Manifest.Rows.Where(row => own.Contains(row.Sha256)))
        {
            own.Read(row.Sha256, expected);
            brought.Read(row.Sha256, actual);
            Assert.Equal(expected, actual);
        }
        Assert.Equal((1, plan.Manifest.Rows.Count), ((await _cluster.Jobs.Show(job)).Errors, (await _cluster.Jobs.Show(job)).FilesDone));
    }

    [Fact]
    public async Task SettingsGiveWhatTheyGiveOnOneMachine()
    {
        var plan = Plan();
        var features = await _training.Features(plan, progress: null, Cancel);
        var job = await _training.Tuning(plan, Grid, features, progress: null, Cancel);
        Assert.Equal(4, (await _cluster.End(job)).FilesDone);
        var kept = TuningStudy.Keep(plan, Grid, await _training.TuningResults(job, progress: null, Cancel), _folder.File("kept"));

        var own = TuningStudy.Run(plan, Grid, _folder.File("own"), _folder.File("features"), TimeProvider.System, new RunObserver(), Cancel);
        Assert.Equal(own.Results.Select(Figures), kept.Results.Select(Figures));
        Assert.Equal(File.ReadAllBytes(_folder.File("own/tuning.csv")), File.ReadAllBytes(_folder.File("kept/tuning.csv")));
        // What is there is gone on with by one machine.
        Assert.Equal(
            kept.Results.Select(Figures),
            TuningStudy.Run(plan, Grid, _folder.File("kept"), _folder.File("features"), TimeProvider.System, new RunObserver(), Cancel).Results.Select(Figures));
    }

    [Fact]
    public async Task FoldsAreThoseOfOneMachineAndAreNotTrainedAgain()
    {
        var plan = Plan();
        var features = await _training.Features(plan, progress: null, Cancel);
        var job = await _training.Folds(plan, features, progress: null, Cancel);
        await _cluster.End(job);
        await _training.KeepFolds(job, _folder.File("kept"), progress: null, Cancel);

        for (int fold = 0; fold < 3; fold++)
        {
            FoldStudy.Train(plan, fold, _folder.File($"own/fold-{fold}"), _folder.File("features"), TimeProvider.System, new RunObserver(), Cancel);
            Assert.Equal(File.ReadAllBytes(_folder.File($"own/fold-{fold}/best.safetensors")), File.ReadAllBytes(_folder.File($"kept/fold-{fold}/best.safetensors")));
            FoldStudy.Train(
                plan, fold, _folder.File($"kept/fold-{fold}"), _folder.File("features"), TimeProvider.System, new RunObserver(OnEpoch: _ => Assert.Fail("trained again")), Cancel);
        }
        Assert.Empty(Directory.EnumerateFiles(_cluster.PackageFolder, "best.safetensors", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task AJobWaitsForTheOneWhoseAnswersItNeeds()
    {
        var plan = Plan();
        // Of another version, so that no node takes part in it.
        await _cluster.Jobs.Begin(
            "before", new JobRequest("none", "0.0.1", "", new AnswerOptions(), "", DateTimeOffset.UnixEpoch, JobKind.Features), [["x"]], new ShardCut(), cancel: Cancel);
        var job = await _training.Tuning(plan, Grid, "before", progress: null, Cancel);
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
        var waiting = await _cluster.Jobs.Show(job);
        Assert.Equal((JobStatus.Running, 0, 0), (waiting.Status, waiting.ShardsEnded, waiting.Nodes.Count));

        await _cluster.Jobs.Cancel("before");
        await _cluster.Jobs.Delete("before", cancel: Cancel);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await _cluster.Jobs.Show(job)).Refusals.Count == 0) await Task.Delay(100, patience.Token);
        Assert.Contains("was removed", Assert.Single((await _cluster.Jobs.Show(job)).Refusals.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoBeginsAJobASecondTimeIsWithTheFirst()
    {
        var plan = Plan();
        var first = await _training.Features(plan, progress: null, Cancel);
        Assert.Equal(first, await _training.Features(plan with { Head = new HeadOptions([8], 0) }, progress: null, Cancel));
        Assert.NotEqual(first, await _training.Features(plan with { Preprocessing = plan.Backbone.Preprocessing(size: 96) }, progress: null, Cancel));
        Assert.Equal(2, (await _cluster.Jobs.List()).Count);

        await _cluster.End(first);
        await _cluster.Jobs.Delete(first, cancel: Cancel);
        Assert.Equal(first, await _training.Features(plan, progress: null, Cancel));
    }

    [Fact]
    public async Task APlanComesOutAsItWentInWithLabelsOfItsOwn()
    {
        var labels = new LabelSet([new ScanLabel("lesion", IsTumour: true), new ScanLabel("none", IsTumour: false)]);
        var plan = Plan(labels);
        PlanPackage.Write(_folder.File("plan"), plan, weights: null);
        var opened = await PlanPackage.Open(_folder.File("plan"), _ => throw new InvalidOperationException("resnet18 comes with the program"));
        Assert.Equal(plan.Recipe.ToJson(), opened.Recipe.ToJson());
        Assert.Equal(plan.Manifest.Rows.Select(plan.Manifest.FullPath), opened.Manifest.Rows.Select(opened.Manifest.FullPath));
        Assert.Equal(Path.GetFullPath(plan.ManifestPath), opened.ManifestPath);
    }

    private static string Figures(TuningResult result) =>
        $"{result.Point} {result.Best.Epoch} {string.Join(' ', result.History.Select(epoch => (epoch.Train.Loss, epoch.Val.Loss, epoch.Val.Accuracy)))}";

    private RunPlan Plan(LabelSet? labels = null)
    {
        var names = labels is null ? ["ct_healthy", "ct_tumor", "mri_healthy"] : labels.All.Select(label => label.Name).ToArray();
        var rows = new List<ManifestRow>();
        for (int i = 0; i < 36; i++)
        {
            var path = TestImage.WriteNoise(_folder.File($"{i}.png"), 40, 30, i);
            var split = (i % 4) switch { 3 => Split.Val, _ => Split.Train };
            rows.Add(new ManifestRow($"{i}.png", Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), names[i % names.Length], split, 40, 30, "RGB", split) { Fold = i / 12 });
        }
        var file = _folder.File("dataset.csv");
        new Manifest(_folder.Path, rows) { Labels = labels ?? PublishedLabels.Set }.Save(file);
        var recipe = new TrainingRecipe
        {
            Backbone = "resnet18",
            Preprocessing = new(64, Imaging.Tensors.ResampleKernel.Bilinear, Imaging.Tensors.Framing.Whole),
            Head = new HeadOptions([8], 0.2),
            Training = new TrainingOptions { Epochs = 3, LearningRate = 1e-2 },
        };
        return RunPlan.Of(recipe, Manifest.Load(file), file, new WeightStore(_folder.File("weights")));
    }
}
