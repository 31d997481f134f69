using Gyrus.Data.Manifests;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Features;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Native;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Plots;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;
using Gyrus.Models;

namespace Gyrus.Learning.Runs;

/// <summary>Everything that a training run starts from.</summary>
/// <param name="Manifest">The data set with its parts.</param>
/// <param name="ManifestPath">The manifest's file, for the record.</param>
/// <param name="Backbone">The backbone.</param>
/// <param name="Weights">Its first weights: pretrained, or drawn where it is trained from scratch.</param>
/// <param name="Preprocessing">How scans become its input.</param>
/// <param name="Float16">Whether its kernels are rounded to float16: see <see cref="RunRecipe.Float16"/>.</param>
/// <param name="Head">The classifier behind it.</param>
/// <param name="Training">The recipe of the optimisation.</param>
/// <param name="FineTune">How the backbone is fitted; null to keep it frozen.</param>
public sealed record RunPlan(
    Manifest Manifest,
    string ManifestPath,
    Backbone Backbone,
    BackboneWeights Weights,
    Preprocessing Preprocessing,
    bool Float16,
    HeadOptions Head,
    TrainingOptions Training,
    FineTuneOptions? FineTune)
{
    /// <summary>Where a backbone that is fitted is computed: <see cref="ComputeOptions.Device"/>.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>A fine-tuned run whose weights are the first ones; null to begin with the pretrained backbone.</summary>
    public TrainedRun? Start { get; init; }

    /// <summary>A model to learn from; null to learn from labels alone.</summary>
    public ChosenTeacher? Teacher { get; init; }

    /// <summary>Plans what was chosen for a data set.</summary>
    /// <param name="recipe">What was chosen.</param>
    /// <param name="manifest">The data set with its parts.</param>
    /// <param name="manifestPath">The manifest's file, for the record.</param>
    /// <param name="store">Holds the pretrained backbone.</param>
    /// <exception cref="GyrusException">The backbone's weights are missing or others than the recipe names, or so are those of the run to
    /// start from, or an option is out of range.</exception>
    public static RunPlan Of(TrainingRecipe recipe, Manifest manifest, string manifestPath, WeightStore store)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(store);
        var backbone = Backbone.Named(recipe.Backbone);
        var weights = FirstWeights(backbone, recipe.FineTune, recipe.Training.Seed, store);
        if (recipe.WeightsHash is { } hash && weights.Hash() != hash)
        {
            throw new GyrusException(
                $"The recipe was used with other {backbone.Name} weights than those in the cache: its weightsHash is {hash}. Add the ones that it "
                + "was used with, or put null in its place.");
        }
        var start = recipe.Start is { } chosen ? TrainedRun.Open(chosen.Run, store) : null;
        if (recipe.Start?.WeightsHash is { } startHash && start!.WeightsHash != startHash)
        {
            throw new GyrusException(
                $"{recipe.Start.Run}: holds other weights than the recipe started from: its start.weightsHash is {startHash}. Name the run that it "
                + "started from, or put null in its place.");
        }
        return new(
            manifest, manifestPath, backbone, weights,
            backbone.Preprocessing(recipe.Preprocessing.Kernel, recipe.Preprocessing.Size, recipe.Preprocessing.Framing),
            recipe.Float16, recipe.Head, recipe.Training, recipe.FineTune)
        {
            Device = recipe.Device,
            Start = start,
            Teacher = recipe.Distil is { } distil ? ChosenTeacher.Of(distil) : null,
        };
    }

    /// <summary>The weights that a backbone begins with: the pretrained ones, or drawn ones where it is trained from scratch.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="fineTune">How it is fitted; null where it is frozen.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="store">Holds the pretrained ones.</param>
    /// <exception cref="GyrusException">The pretrained ones are wanted and missing.</exception>
    internal static BackboneWeights FirstWeights(Backbone backbone, FineTuneOptions? fineTune, int seed, WeightStore store) =>
        fineTune is { FromScratch: true } ? ScratchWeights.Draw(backbone, seed) : store.Require(backbone);

    /// <summary>All that decides the result.</summary>
    public RunRecipe Recipe => new(
        Backbone.Name, Preprocessing, Float16, Head, Training, FineTune, Weights.Hash(), Manifest.DataHash(),
        Manifest.SplitHash())
    {
        StartHash = Start?.WeightsHash ?? "",
        Distil = Teacher?.Options,
        Labels = ModelDescription.MeaningsFor(Manifest.Labels),
    };
}

/// <summary>Where a run's work is reported while it goes on.</summary>
/// <param name="Progress">Told of each image and step.</param>
/// <param name="OnEpoch">Told of each epoch.</param>
/// <param name="OnUnusable">Told of images that are left out because they cannot be read.</param>
/// <param name="OnNote">Told, in a sentence, what is done otherwise than was asked for.</param>
public sealed record RunObserver(
    IProgress<WorkProgress>? Progress = null,
    Action<EpochRecord>? OnEpoch = null,
    Action<UnusableScan>? OnUnusable = null,
    Action<string>? OnNote = null);

/// <summary>Trains a network on a data set and keeps all of it in a folder.</summary>
public static class TrainingRun
{
    /// <summary>
    /// Computes what features are missing, trains, and writes <c>recipe.json</c>, <c>run.json</c>, checkpoints, TensorBoard events and
    /// learning curves.
    /// </summary>
    /// <param name="plan">What to train on what.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="resume">Whether to go on with the run that the folder holds; without it such a folder is
    /// refused.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="time">The clock.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="cancellation">Stops the run; it can be taken up later.</param>
    /// <exception cref="GyrusException">An option is out of range, a part is empty, or the folder holds another run or is written
    /// by another process.</exception>
    public static RunRecord Train(
        RunPlan plan,
        string folder,
        bool resume,
        string featureFolder,
        TimeProvider time,
        RunObserver observer,
        CancellationToken cancellation)
    {
        TorchLibrary.EnsureLoadable();
        plan.Training.Validate();
        plan.Head.Validate();
        plan.FineTune?.Validate();
        new ComputeOptions(plan.Device).Validate();
        foreach (var (part, name) in new[] { (Split.Train, "training"), (Split.Val, "validation") })
        {
            if (plan.Manifest.Rows.All(row => row.Split != part))
                throw new GyrusException($"{plan.ManifestPath}: no image is in the {name} part. Split the data first.");
        }
        if (plan.Float16 && plan.FineTune is not null)
            throw new GyrusException("Weights that are fine-tuned cannot be kept at float16: leave float16 to the export.");
        if (plan.Start is not null && plan.FineTune is null)
            throw new GyrusException("A run to start from is one that is fine-tuned further: fine-tune, or start from the pretrained backbone.");
        if (plan.Start is not null && plan.FineTune is { FromScratch: true })
            throw new GyrusException("A run begins with another run's weights or from scratch, not both.");
        if (plan.Teacher is not null && plan.FineTune is null)
            throw new GyrusException("A network that learns from a model is one that is fine-tuned: fine-tune it.");
        using var alone = OutputLock.TakeFolder(folder);
        var recipe = plan.Recipe;
        // A state of a whole network is 400 MB: not every 30 seconds.
        var checkpoints = new CheckpointFolder(
            folder, recipe.ToJson(), plan.FineTune is null ? null : TimeSpan.FromMinutes(3));
        if (checkpoints.HasState && !resume)
        {
            throw new GyrusException(
                $"{folder}: a run is in this folder already. Resume it, or name another folder.");
        }
        // Before the work, so that a run that is cut off leaves it too. A state may be of another recipe, which is told later.
        var recipeFile = Path.Combine(folder, RecipeFile.FileName);
        if (!checkpoints.HasState) RecipeFile.Write(recipeFile, TrainingRecipe.Of(plan));
        using var events = new TrainingEvents(folder);
        void OnEpoch(EpochRecord epoch)
        {
            events.Write(epoch);
            observer.OnEpoch?.Invoke(epoch);
        }

        var (result, used) = plan.FineTune is null
            ? FitHead(plan, checkpoints, featureFolder, observer, OnEpoch, cancellation)
            : FineTuning.Fit(plan, checkpoints, observer, OnEpoch, cancellation);
        var record = new RunRecord(
            RunRecord.CurrentFormatVersion,
            recipe,
            Path.GetFullPath(plan.ManifestPath),
            plan.Weights.Source,
            LibraryVersions.Gyrus,
            LibraryVersions.All,
            time.GetUtcNow(),
            result.History.Sum(epoch => epoch.Seconds),
            result.History,
            result.Best,
            Hashes(used, Split.Train),
            Hashes(used, Split.Val));
        if (!File.Exists(recipeFile)) RecipeFile.Write(recipeFile, TrainingRecipe.Of(plan));
        AtomicFile.WriteText(Path.Combine(folder, "learning-curves.svg"), Curves(result));
        record.Save(folder);
        return record;
    }

    private static (TrainingResult, IReadOnlyList<ManifestRow>) FitHead(
        RunPlan plan,
        CheckpointFolder checkpoints,
        string featureFolder,
        RunObserver observer,
        Action<EpochRecord> onEpoch,
        CancellationToken cancellation)
    {
        var part = plan.Manifest with { Rows = Rows(plan.Manifest, Split.Train, Split.Val) };
        using var extractor = new FeatureExtractor(plan.Backbone, plan.Weights, plan.Preprocessing, plan.Float16);
        using var cache = extractor.OpenCache(featureFolder);
        var unusable = extractor.Run(part, cache, observer.Progress, cancellation);
        foreach (var scan in unusable) observer.OnUnusable?.Invoke(scan);
        var used = part.Rows.Except(unusable.Select(scan => scan.Row)).ToList();

        var graph = plan.Head.Graph(plan.Backbone.FeatureCount, plan.Manifest.Labels.Count);
        using var network = new TorchNetwork(
            graph, HeadWeights.Draw(graph, Seeds.Derive(plan.Training.Seed, "head")), batchNormEpsilon: 0);
        network.MakeTrainable(graph.Variables.Select(variable => variable.Name));
        var result = Trainer.Fit(
            network,
            new CachedFeatures(cache, Rows(used, Split.Train), plan.Manifest.Labels),
            new CachedFeatures(cache, Rows(used, Split.Val), plan.Manifest.Labels),
            plan.Training,
            rateShare: null,
            firstThatCounts: 1,
            checkpoints,
            onEpoch,
            observer.Progress,
            distillation: null,
            cancellation);
        return (result, used);
    }

    private static string Curves(TrainingResult result) => LearningCurvesPlot.Render(
        [.. result.History.Select(epoch => new LearningPoint(
            epoch.Epoch, epoch.Train.Loss, epoch.Val.Loss, epoch.Val.Accuracy, epoch.Val.TumourRecall))],
        result.Best.Epoch);

    private static List<ManifestRow> Rows(Manifest manifest, params Split[] splits) =>
        [.. manifest.Rows.Where(row => splits.Contains(row.Split))];

    private static List<ManifestRow> Rows(IEnumerable<ManifestRow> rows, Split split) =>
        [.. rows.Where(row => row.Split == split)];

    private static List<string> Hashes(IEnumerable<ManifestRow> rows, Split split) =>
        [.. rows.Where(row => row.Split == split).Select(row => row.Sha256).Distinct().Order(StringComparer.Ordinal)];
}
