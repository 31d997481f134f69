using Gyrus.Data.Manifests;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Novelty;
using Gyrus.Learning.Training;
using Gyrus.Models.Trust;
using static TorchSharp.torch;

namespace Gyrus.Learning.Runs;

/// <summary>Learns from a run's own images what it knows, so that it can refuse what it does not.</summary>
public static class NoveltyStudy
{
    private const int MostTrainingImages = 2000;
    private const int MostValidationImages = 1000;
    private const int BatchSize = 16;
    private const int LeastTrainingImages = 4;

    /// <summary>Fits the statistics on training images and the limit on validation images, one of each group of
    /// copies, and looks which kinds of training image had both answers.</summary>
    /// <param name="run">The run.</param>
    /// <param name="manifest">A data set that holds its images.</param>
    /// <param name="refused">The share of validation images that are to be refused.</param>
    /// <param name="answers">What the run answers on the images that its epoch was chosen on.</param>
    /// <param name="trust">What was learnt of them; null where nothing was.</param>
    /// <param name="observer">Told of progress and of images that cannot be read.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Null where the data set holds too few of the run's images.</returns>
    public static (NoveltyStatistics Statistics, AbstentionSettings Settings)? Run(
        TrainedRun run, Manifest manifest, double refused, SelectionAnswers answers, TrustSettings? trust, RunObserver observer, CancellationToken cancellation)
    {
        var train = Some(manifest, run.Record.TrainingImages, MostTrainingImages);
        var val = Some(manifest, run.Record.SelectionImages, MostValidationImages);
        if (train.Count < LeastTrainingImages || val.Count == 0) return null;
        var (graph, tensors) = run.FoldedNetwork();
        var layers = StageEnds(run.Backbone.Graph, run.Record.Recipe.Preprocessing.Size);
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        List<(ManifestRow Row, float[] Means)> Features(IReadOnlyList<ManifestRow> rows) =>
            Means(network, layers, manifest, rows, run.Record.Recipe.Preprocessing, observer, cancellation);
        var known = Features(train);
        if (known.Count < LeastTrainingImages) return null;
        var statistics = NoveltyFit.Of(layers, [.. known.Select(one => one.Means)]);
        var chosen = Features(val);
        if (chosen.Count == 0) return null;
        var limit = NoveltyFit.Limit(
            [.. chosen.Select(one => statistics.Novelty(one.Means))], refused, known.Count,
            [.. chosen.Select(one => manifest.Value(one.Row, KnownColumns.Source))]);
        var trained = run.Record.TrainingImages.ToHashSet();
        return (statistics, limit with
        {
            Kinds = KindStudy.Run(
                manifest, [.. manifest.Rows.Where(row => trained.Contains(row.Sha256))], run.Labels,
                trust is null ? [] : [.. answers.Scans.Select(scan => TrustedAnswer.Of(scan, trust))], observer.Progress, observer.OnUnusable, cancellation),
        });
    }

    /// <summary>The last layer of the last stage but one, a stage being the layers of one size. Fine-tuning makes the last
    /// stage see little but the labels' differences, and a knee has none of those; before it, textures tell.</summary>
    internal static IReadOnlyList<string> StageEnds(LayerGraph backbone, int size)
    {
        var shapes = backbone.Shapes(size);
        return [.. backbone.Layers.Where(layer => shapes[layer.Name].Height > 1 && layer.GivesFeatures)
            .GroupBy(layer => shapes[layer.Name].Height).Select(stage => stage.Last().Name).TakeLast(2).Take(1)];
    }

    private static List<ManifestRow> Some(Manifest manifest, IReadOnlyList<string> hashes, int most)
    {
        var wanted = hashes.ToHashSet();
        List<ManifestRow> rows = [.. manifest.Rows.Where(row => wanted.Contains(row.Sha256))
            .DistinctBy(row => row.Group.Length > 0 ? row.Group : row.Sha256)];
        // Spread over the manifest, which is sorted by label more often than not.
        double step = Math.Max((double)rows.Count / most, 1);
        return [.. Enumerable.Range(0, Math.Min(rows.Count, most)).Select(i => rows[(int)(i * step)])];
    }

    private static List<(ManifestRow Row, float[] Means)> Means(
        TorchNetwork network,
        IReadOnlyList<string> layers,
        Manifest manifest,
        IReadOnlyList<ManifestRow> rows,
        Preprocessing preprocessing,
        RunObserver observer,
        CancellationToken cancellation)
    {
        network.eval();
        using var noGradient = no_grad();
        var all = new List<(ManifestRow, float[])>(rows.Count);
        foreach (var batch in ScanBatches.Read(manifest, rows, preprocessing, BatchSize, observer.OnUnusable, cancellation))
        {
            using var inputs = batch.Inputs;
            using var scope = NewDisposeScope();
            var (_, taps) = network.Run(inputs, [.. layers]);
            var means = cat([.. layers.Select(layer => taps[layer].mean([2, 3]))], 1).cpu(); // [n, D]
            all.AddRange(batch.Rows.Zip(means.data<float>().ToArray().Chunk((int)means.shape[1])));
            observer.Progress?.Report(new WorkProgress("learning what is known", all.Count, rows.Count));
        }
        return all;
    }
}
