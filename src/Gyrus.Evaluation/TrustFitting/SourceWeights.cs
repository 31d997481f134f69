using Gyrus.Evaluation.Scans;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>
/// Weights that make each source count the same. An image to come is of a source to come: what is learnt must hold for a source drawn like those
/// that there are, and not for an image of the largest of them (Wald et al. 2021, "On Calibration and Out-of-domain Generalization"; Dunn, Wasserman
/// and Ramdas 2023, "Distribution-Free Prediction Sets for Two-Layer Hierarchical Models"). Sources of a few images weigh as one together: eight slices of one head
/// say nothing that should count as much as a hundred patients.
/// </summary>
public static class SourceWeights
{
    /// <summary>The images that a source needs to weigh as one of its own.</summary>
    public const int FewestImages = 20;

    /// <summary>The weight of each value, 1 together for each source, and for all sources of few images; null where there are not several, so that all weigh the
    /// same.</summary>
    /// <param name="sources">[N]: the source of each.</param>
    public static double[]? Of(IReadOnlyList<string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var kept = Pooled(sources);
        int few = kept.Count(source => source is null);
        var counts = kept.OfType<string>().CountBy(source => source).ToDictionary();
        return kept.Distinct().Count() < 2 ? null : [.. kept.Select(source => 1.0 / (source is null ? few : counts[source]))];
    }

    /// <summary>The source of each, null for all of those that have few images.</summary>
    public static IReadOnlyList<string?> Pooled(IReadOnlyList<string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var counts = sources.CountBy(source => source).ToDictionary();
        return [.. sources.Select(source => counts[source] >= FewestImages ? source : null)];
    }

    /// <summary>How it is recorded what was learnt so; null where there are not several sources.</summary>
    internal static SourceTrust? Record(IReadOnlyList<ScoredScan> scans)
    {
        var sources = scans.CountBy(scan => scan.Source).OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => new SourceImages(source.Key, source.Value)).ToList();
        return sources.Count < 2 ? null : new SourceTrust(SourceTrust.SourceWeighted, SourceTrust.SourceWeighted, SourceTrust.WorstSource, sources);
    }
}
