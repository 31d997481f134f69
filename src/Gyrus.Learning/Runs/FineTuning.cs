using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>Fits a backbone and its head together.</summary>
internal static class FineTuning
{
    /// <summary>Trains.</summary>
    /// <param name="plan">What to train on what.</param>
    /// <param name="checkpoints">Where the state is kept.</param>
    /// <param name="observer">Told of progress and of images that are left out.</param>
    /// <param name="onEpoch">Told of each epoch.</param>
    /// <param name="cancellation">Stops the run.</param>
    /// <returns>The result, whose weights are those of the folded network, and the images that were used.</returns>
    public static (TrainingResult Result, IReadOnlyList<ManifestRow> Used) Fit(
        RunPlan plan,
        CheckpointFolder checkpoints,
        RunObserver observer,
        Action<EpochRecord> onEpoch,
        CancellationToken cancellation)
    {
        var options = plan.FineTune!;
        plan.Teacher?.Require(plan);
        var full = plan.Preprocessing;
        Preprocessing[] sizes = options.StartSize == 0 ? [full] : [full with { Size = options.StartSize }, full];
        StoredScans Read(Split part) => StoredScans.Read(
            plan.Manifest, [.. plan.Manifest.Rows.Where(row => row.Split == part)], sizes, observer.OnUnusable, observer.Progress,
            cancellation);
        var (train, allVal) = (Read(Split.Train), Read(Split.Val));
        // Copies of a scan say nothing new, and an epoch has to be measured in little time.
        var val = allVal.DistinctBy(row => ScanKind(plan.Manifest, row) + (row.Group.Length > 0 ? row.Group : row.Sha256));
        int lastSmall = options.StartSize == 0 ? 0 : plan.Training.Epochs - options.FullSizeEpochs;
        AugmentedScans Source(StoredScans scans, ScanChanges? changes, double[]? weights = null) => new(
            scans.Rows, plan.Manifest.Labels, epoch => epoch <= lastSmall ? scans.Stores[0] : scans.Stores[^1], changes, weights);
        var weights = options.SourceBalance > 0 ? SourceBalance.Weights(plan.Manifest, train.Rows, options.SourceBalance) : null;

        var head = plan.Head.Graph(plan.Backbone.FeatureCount, plan.Manifest.Labels.Count);
        var (backbone, folded) = BatchNormFolding.Fold(
            plan.Backbone.Graph, plan.Weights.Tensors, plan.Weights.BatchNormEpsilon);
        var first = plan.Start is { } start ? Continued(start, plan)
            : folded.With(HeadWeights.Draw(head, Seeds.Derive(plan.Training.Seed, "head")));
        using var network = new TorchNetwork(
            backbone.Then(head), first, batchNormEpsilon: 0,
            new ComputeOptions(plan.Device, options.BFloat16));
        List<string> fitted = [.. TrainableVariables.From(network.Graph, options.FromLayer)];
        network.MakeTrainable(fitted);
        using var teacher = plan.Teacher is { } chosen ? Teacher.Open(chosen.Package) : null;
        var result = Trainer.Fit(
            network,
            Source(train, new ScanChanges(options.Augmentation, options.LesionPasting, options.DrawnLesions), weights),
            Source(val, changes: null),
            plan.Training,
            RateShares(backbone, fitted, options),
            lastSmall + 1,
            checkpoints,
            onEpoch,
            observer.Progress,
            teacher is null ? null : new Distillation(teacher, plan.Manifest.Labels, plan.Teacher!.Options, plan.Training.EvidenceWeight),
            cancellation);
        return (result, [.. train.Rows, .. allVal.Rows]);
    }

    // A patient's scans are one group, and yet no copies of one another: each sequence and label of it counts.
    private static string ScanKind(Manifest manifest, ManifestRow row) =>
        manifest.MoreColumns.Contains(KnownColumns.Sequence) ? $"{row.Label} {manifest.Value(row, KnownColumns.Sequence)} " : "";

    /// <summary>The weights of an earlier run, if they have seen nothing that this one is to be judged by.</summary>
    private static TensorTable Continued(TrainedRun start, RunPlan plan)
    {
        if (start.Record.Recipe.FineTune is null)
            throw new GyrusException("The run to start from has a frozen backbone; there is nothing in it to go on with.");
        if (start.Record.Recipe.Backbone != plan.Backbone.Name || !start.Record.Recipe.Head.Hidden.SequenceEqual(plan.Head.Hidden))
            throw new GyrusException("The run to start from has another backbone or head. Give the same backbone and hidden layers.");
        if (!start.Labels.Equals(plan.Manifest.Labels))
            throw new GyrusException($"The run to start from has other labels: {string.Join(", ", start.Labels.Names)}. Train on data that has the same.");
        var seen = KnownScans.WithCopies(plan.Manifest, start.Record.TrainingImages.ToHashSet());
        int leaked = plan.Manifest.Rows.Count(row => row.Split is Split.Val or Split.Test && seen.Contains(row.Sha256));
        return leaked == 0 ? start.FoldedNetwork().Tensors : throw new GyrusException(
            $"The run to start from was trained on {leaked} images that are in validation or test here, or on copies of them. "
            + "Train both on one split.");
    }

    /// <summary>What the learning rate is multiplied by for each weight: 1 in the head, and less and less down the
    /// backbone.</summary>
    internal static Func<string, double> RateShares(LayerGraph backbone, List<string> fitted, FineTuneOptions options)
    {
        List<string> names = [.. backbone.Variables.Select(variable => variable.Name).Where(fitted.Contains)];
        var shares = new Dictionary<string, double>();
        for (int i = 0; i < names.Count; i++)
        {
            double depth = names.Count == 1 ? 0 : 1 - ((double)i / (names.Count - 1));
            shares[names[i]] = options.BackboneRate * Math.Pow(options.FirstLayerRate, depth);
        }
        return name => shares.GetValueOrDefault(name, 1);
    }
}
