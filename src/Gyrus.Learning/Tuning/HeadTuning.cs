using System.Text.Json;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Tuning;

/// <summary>What one setting gave.</summary>
/// <param name="Point">The setting.</param>
/// <param name="Best">Its best epoch by the metric, on validation.</param>
/// <param name="History">Every epoch.</param>
public sealed record TuningResult(TuningPoint Point, EpochRecord Best, IReadOnlyList<EpochRecord> History)
{
    /// <summary>The result as JSON on one line.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Compact);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The line.</param>
    /// <exception cref="GyrusException">It is none.</exception>
    public static TuningResult FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TuningResult>(json, RunJson.Options) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new GyrusException($"This is no result of a setting ({e.Message}).", e);
        }
    }

    private static readonly JsonSerializerOptions Compact = new(RunJson.Options) { WriteIndented = false };
}

/// <summary>Trains a head with every setting of a grid over cached features and ranks them on validation.</summary>
public static class HeadTuning
{
    /// <summary>Trains the settings that are not done yet, one a core.</summary>
    /// <param name="train">Features of the training part.</param>
    /// <param name="val">Features of the validation part; all is chosen on it. The test part is not asked for.</param>
    /// <param name="featureCount">The length of a feature vector.</param>
    /// <param name="grid">The settings.</param>
    /// <param name="head">The head, of which the last hidden layer and the dropout are varied.</param>
    /// <param name="options">The recipe, of which the learning rate is varied.</param>
    /// <param name="done">Results from before, which are not computed again.</param>
    /// <param name="onResult">Told of each new result as it comes, one at a time.</param>
    /// <param name="progress">Told of each new result.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>All results, the best first.</returns>
    public static IReadOnlyList<TuningResult> Run(
        IBatchSource train,
        IBatchSource val,
        int featureCount,
        TuningGrid grid,
        HeadOptions head,
        TrainingOptions options,
        IReadOnlyCollection<TuningResult> done,
        Action<TuningResult>? onResult,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        options.Validate();
        var points = grid.Points();
        var results = done.Where(result => points.Contains(result.Point)).ToDictionary(result => result.Point);
        var missing = points.Where(point => !results.ContainsKey(point)).ToList();
        SingleThreaded.ForEach(
            missing,
            point =>
            {
                var fitted = Fit(train, val, featureCount, point, head, options, cancellation);
                lock (results)
                {
                    results.Add(point, fitted);
                    onResult?.Invoke(fitted);
                    progress?.Report(new WorkProgress("tuning", results.Count, points.Count));
                }
            },
            cancellation);
        return Ranked(points.Select(point => results[point]), options.Metric);
    }

    private static TuningResult Fit(
        IBatchSource train,
        IBatchSource val,
        int featureCount,
        TuningPoint point,
        HeadOptions head,
        TrainingOptions options,
        CancellationToken cancellation)
    {
        var graph = At(head, point).Graph(featureCount, train.LabelSet.Count);
        using var network = new TorchNetwork(
            graph, HeadWeights.Draw(graph, Seeds.Derive(options.Seed, "head")), batchNormEpsilon: 0);
        network.MakeTrainable(graph.Variables.Select(variable => variable.Name));
        var result = Trainer.Fit(
            network, train, val, options with { LearningRate = point.LearningRate }, cancellation: cancellation);
        return new TuningResult(point, result.Best, result.History);
    }

    /// <summary>The head with a setting's last hidden layer and dropout.</summary>
    public static HeadOptions At(HeadOptions head, TuningPoint point) => head with
    {
        Hidden = [.. head.Hidden.SkipLast(1), point.InnerSize],
        Dropout = point.Dropout,
    };

    internal static IReadOnlyList<TuningResult> Ranked(IEnumerable<TuningResult> results, SelectionMetric metric)
    {
        var ranked = results.ToList();
        ranked.Sort((a, b) =>
            a.Best.IsBetterThan(b.Best, metric) ? -1 : b.Best.IsBetterThan(a.Best, metric) ? 1 : 0);
        return ranked;
    }
}
