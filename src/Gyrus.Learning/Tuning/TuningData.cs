using Gyrus.Data.Manifests;
using Gyrus.Learning.Features;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Tuning;

/// <summary>What heads are tuned on: cached features of the training and the validation part.</summary>
public sealed class TuningData : IDisposable
{
    private readonly RunPlan _plan;
    private readonly FeatureCache _cache;

    private TuningData(RunPlan plan, FeatureCache cache, IReadOnlyList<ManifestRow> used)
    {
        (_plan, _cache) = (plan, cache);
        (Train, Val) = (Part(used, Split.Train), Part(used, Split.Val));
    }

    /// <summary>The training part.</summary>
    public IBatchSource Train { get; }

    /// <summary>The validation part; all is chosen on it.</summary>
    public IBatchSource Val { get; }

    /// <summary>Computes what features are missing. The test part is not looked at.</summary>
    /// <param name="plan">Data, backbone and recipe.</param>
    /// <param name="featureFolder">Where features are cached.</param>
    /// <param name="observer">Told how it goes.</param>
    /// <param name="cancellation">Stops the work; features so far are kept.</param>
    public static TuningData Open(RunPlan plan, string featureFolder, RunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(observer);
        var rows = plan.Manifest.Rows.Where(row => row.Split is Split.Train or Split.Val).ToList();
        using var extractor = new FeatureExtractor(plan.Backbone, plan.Weights, plan.Preprocessing, plan.Float16);
        var cache = extractor.OpenCache(featureFolder);
        try
        {
            var unusable = extractor.Run(plan.Manifest with { Rows = rows }, cache, observer.Progress, cancellation);
            foreach (var scan in unusable) observer.OnUnusable?.Invoke(scan);
            return new(plan, cache, [.. rows.Except(unusable.Select(scan => scan.Row))]);
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    /// <summary>Trains one setting, on one thread; may be called by several threads at once.</summary>
    /// <param name="point">The setting.</param>
    /// <param name="cancellation">Stops the work.</param>
    public TuningResult Try(TuningPoint point, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(point);
        var one = new TuningGrid { LearningRates = [point.LearningRate], InnerSizes = [point.InnerSize], Dropouts = [point.Dropout] };
        return HeadTuning.Run(Train, Val, _plan.Backbone.FeatureCount, one, _plan.Head, _plan.Training, [], onResult: null, progress: null, cancellation)[0];
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();

    private CachedFeatures Part(IReadOnlyList<ManifestRow> used, Split part) => new(_cache, [.. used.Where(row => row.Split == part)], _plan.Manifest.Labels);
}
