using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;
using static TorchSharp.torch;

namespace Gyrus.Learning.Novelty;

/// <summary>Learns what known images are like, and where novelty begins.</summary>
public static class NoveltyFit
{
    /// <summary>The directions that are kept, where there are images enough.</summary>
    public const int Rank = 64;

    /// <summary>The share of validation images that are refused, unless another is given.</summary>
    public const double UsualRefusal = 0.01;

    // A feature that hardly varies would count without end.
    private const double LeastDeviation = 1e-4;

    /// <summary>Fits the statistics.</summary>
    /// <param name="layers">The layers that the features are of.</param>
    /// <param name="features">[N][D], of training images; at least 4.</param>
    /// <param name="most">The directions that are kept, where there are images enough.</param>
    public static NoveltyStatistics Of(
        IReadOnlyList<string> layers, IReadOnlyList<float[]> features, int most = Rank)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Count < 4)
            throw new GyrusException("Abstention needs at least 4 training images to learn from: add images, or leave abstention out.");
        Native.TorchLibrary.EnsureLoadable();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        int count = features.Count, length = features[0].Length;
        // Half of the features at most: with all of them nothing would be left outside.
        int rank = Math.Max(1, Math.Min(most, Math.Min(length, count) / 2));
        var values = tensor([.. features.SelectMany(one => one)], [count, length]).to(ScalarType.Float64);
        var mean = values.mean([0]);
        var deviation = values.std(0).clamp_min(LeastDeviation);
        var spread = (values - mean) / deviation; // [N, D]
        var (variances, vectors) = linalg.eigh(spread.t().matmul(spread) / count); // rising
        var directions = vectors.slice(1, length - rank, length, 1); // [D, R]
        var along = spread.matmul(directions);
        double residual = ((spread * spread).sum(1) - (along * along).sum(1)).mean().item<double>();
        float[] Single(Tensor x) => x.to(ScalarType.Float32).contiguous().data<float>().ToArray();
        return new NoveltyStatistics(
            layers,
            Single(mean),
            Single(1 / deviation),
            Single(directions),
            Single(1 / (variances.slice(0, length - rank, length, 1).clamp_min(1e-9) * rank)),
            residual > 1e-6 ? (float)(1 / residual) : 0);
    }

    /// <summary>The limit that refuses a share of the validation images; in the mean over sources, where there are several, so that the largest does not
    /// decide what is known.</summary>
    /// <param name="novelties">Those of validation images, at least one.</param>
    /// <param name="refused">The share, 0 to below 1.</param>
    /// <param name="fittedOn">Training images behind the statistics.</param>
    /// <param name="sources">[N]: the source of each validation image; null for one.</param>
    /// <exception cref="GyrusException">There is no image, or the share is outside its range.</exception>
    public static AbstentionSettings Limit(IReadOnlyList<double> novelties, double refused, int fittedOn, IReadOnlyList<string>? sources = null)
    {
        ArgumentNullException.ThrowIfNull(novelties);
        if (refused is not (>= 0 and < 1)) throw new GyrusException("The share that is refused is 0 to below 1.");
        if (novelties.Count == 0) throw new GyrusException("No validation image is there to choose the limit of novelty on.");
        if (sources is not null && SourceWeights.Of(sources) is { } weights) return Limit(novelties, weights, refused, fittedOn, sources.Distinct().Count());
        double[] rising = [.. novelties.Order()];
        double limit = rising[rising.Length - 1 - (int)(refused * rising.Length)];
        return new AbstentionSettings(limit, (double)rising.Count(value => value > limit) / rising.Length, fittedOn, rising.Length);
    }

    private static AbstentionSettings Limit(IReadOnlyList<double> novelties, double[] weights, double refused, int fittedOn, int sources)
    {
        int[] falling = [.. Enumerable.Range(0, novelties.Count).OrderByDescending(i => novelties[i])];
        double allowed = (refused * weights.Sum()) + 1e-9, beyond = 0;
        double limit = novelties[falling[^1]];
        foreach (int i in falling)
        {
            beyond += weights[i];
            if (beyond <= allowed) continue;
            limit = novelties[i];
            break;
        }
        return new AbstentionSettings(
            limit, novelties.Zip(weights).Where(one => one.First > limit).Sum(one => one.Second) / weights.Sum(), fittedOn, novelties.Count, sources);
    }
}
