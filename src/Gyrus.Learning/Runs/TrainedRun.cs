using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Features;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Training;
using Gyrus.Learning.Weights;
using Gyrus.Models.Trust;

namespace Gyrus.Learning.Runs;

/// <summary>A run that was trained to its end: its record and the weights of its best epoch.</summary>
public sealed class TrainedRun
{
    private readonly BackboneWeights _pretrained;
    private readonly TensorTable _best;

    private TrainedRun(string folder, RunRecord record, Backbone backbone, BackboneWeights pretrained, TensorTable best)
    {
        (Folder, Record, Backbone, _pretrained, _best) = (folder, record, backbone, pretrained, best);
        Labels = record.Recipe.LabelSet();
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>What was trained and what it gave.</summary>
    public RunRecord Record { get; }

    /// <summary>The labels that it gives, and what they mean.</summary>
    public LabelSet Labels { get; }

    /// <summary>The backbone.</summary>
    public Backbone Backbone { get; }

    /// <summary>SHA-256 of the weights that the run fitted.</summary>
    public string WeightsHash => new BackboneWeights(Backbone.Name, _best, 0, "").Hash();

    /// <summary>Whether the run began with weights drawn at random.</summary>
    public bool FromScratch => Record.Recipe.FineTune is { FromScratch: true };

    /// <summary>Opens a run's folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="store">Holds the pretrained backbone.</param>
    /// <exception cref="GyrusException">The folder holds no ended run, or the store holds other weights than the run
    /// was trained with.</exception>
    public static TrainedRun Open(string folder, WeightStore store)
    {
        var recipe = RunRecord.Load(folder).Recipe;
        var backbone = Backbone.Named(recipe.Backbone);
        return Open(folder, backbone, RunPlan.FirstWeights(backbone, recipe.FineTune, recipe.Training.Seed, store));
    }

    /// <summary>Opens the folder of a run whose pretrained backbone is at hand, such as one that is not in
    /// <see cref="Backbone.All"/>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="backbone">The backbone that was trained.</param>
    /// <param name="pretrained">The weights that the training began with.</param>
    /// <exception cref="GyrusException">The folder holds no ended run, or the run was trained with other
    /// weights.</exception>
    public static TrainedRun Open(string folder, Backbone backbone, BackboneWeights pretrained)
    {
        var record = RunRecord.Load(folder);
        if (pretrained.Hash() != record.Recipe.WeightsHash)
        {
            throw new GyrusException(
                $"{folder}: the run was trained with other {backbone.Name} weights than those in the cache. Add the "
                + "ones it was trained with, or train again.");
        }
        var best = new CheckpointFolder(folder, record.Recipe.ToJson()).ReadBest();
        return new TrainedRun(folder, record, backbone, pretrained, best);
    }

    /// <summary>The whole network, from pixels to logits, batch norm folded.</summary>
    public (LayerGraph Graph, TensorTable Tensors) FoldedNetwork()
    {
        var head = Record.Recipe.Head.Graph(Backbone.FeatureCount, Labels.Count);
        var (backbone, folded) = BatchNormFolding.Fold(
            Backbone.Graph, _pretrained.Tensors, _pretrained.BatchNormEpsilon);
        var graph = backbone.Then(head);
        if (Record.Recipe.FineTune is not null) return (graph, _best);
        folded = folded.With(_best);
        return (graph, Record.Recipe.Float16 ? Float16Weights.Round(folded) : folded);
    }

    /// <summary>Learns on the images that the epoch was chosen on how far the run's answers can be trusted.</summary>
    /// <param name="manifest">A data set that holds those images.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="observer">Told of progress and of images that cannot be read.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Null where the data set holds none of those images.</returns>
    public TrustSettings? LearnTrust(
        Manifest manifest,
        TrustOptions options,
        string featureFolder,
        RunObserver observer,
        CancellationToken cancellation) => ScoreSelection(manifest, featureFolder, observer, cancellation).Learn(options);

    /// <summary>Answers the images that the epoch was chosen on.</summary>
    /// <param name="manifest">A data set that holds those images.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="observer">Told of progress and of images that cannot be read.</param>
    /// <param name="cancellation">Stops the work.</param>
    public SelectionAnswers ScoreSelection(Manifest manifest, string featureFolder, RunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var selection = Record.SelectionImages.ToHashSet();
        var part = manifest with { Rows = [.. manifest.Rows.Where(row => selection.Contains(row.Sha256))] };
        return new SelectionAnswers(part, part.Rows.Count == 0 ? [] : Score(part, featureFolder, observer, cancellation));
    }

    /// <summary>The network's own probabilities of the labels, not calibrated, for some images of a data
    /// set.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="observer">Told of progress and of images that cannot be read; those are left out.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IReadOnlyList<ScoredScan> Score(
        Manifest manifest, string featureFolder, RunObserver observer, CancellationToken cancellation)
    {
        if (Record.Recipe.FineTune is not null) return ScoreFineTuned(manifest, observer, cancellation);
        using var extractor = new FeatureExtractor(Backbone, _pretrained, Record.Recipe.Preprocessing, Record.Recipe.Float16);
        using var cache = extractor.OpenCache(featureFolder);
        var unusable = extractor.Run(manifest, cache, observer.Progress, cancellation);
        foreach (var scan in unusable) observer.OnUnusable?.Invoke(scan);
        var rows = manifest.Rows.Except(unusable.Select(scan => scan.Row)).ToList();
        using var head = new TorchNetwork(Record.Recipe.Head.Graph(Backbone.FeatureCount, Labels.Count), _best, batchNormEpsilon: 0);
        return Scored(manifest, rows, Prediction.Run(head, new CachedFeatures(cache, rows, Labels)));
    }

    private List<ScoredScan> ScoreFineTuned(
        Manifest manifest, RunObserver observer, CancellationToken cancellation)
    {
        const int batchSize = 8;
        var (graph, tensors) = FoldedNetwork();
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        var scored = new List<ScoredScan>(manifest.Rows.Count);
        foreach (var batch in ScanBatches.Read(
            manifest, manifest.Rows, Record.Recipe.Preprocessing, batchSize, observer.OnUnusable, cancellation))
        {
            using var inputs = batch.Inputs;
            scored.AddRange(Scored(manifest, batch.Rows, Prediction.Of(network, inputs)));
            observer.Progress?.Report(new WorkProgress("scoring", scored.Count, manifest.Rows.Count));
        }
        return scored;
    }

    private List<ScoredScan> Scored(Manifest manifest, IReadOnlyList<ManifestRow> rows, IReadOnlyList<float[]> probabilities) =>
    [
        .. rows.Zip(probabilities, (row, values) => new ScoredScan(
            row.Path, row.Sha256, Labels.IndexOf(row.Label), values)
        {
            Labels = Labels,
            Source = manifest.Value(row, KnownColumns.Source),
        }),
    ];
}
