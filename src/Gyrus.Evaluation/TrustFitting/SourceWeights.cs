using Gyrus.Evaluation.Scans;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>
/// Weights that make each source count the same. An image to come is of a source to come: what is learnt must hold for a source drawn like those
/// that there are, and not for an image of the largest of them (Wald et al. 2021, "On Calibration and Out-of-domain Generalization"; Dunn, Wasserman
/// and Ramdas 2023, "Distribution-Free Prediction Sets for Two-Layer Hierarchical Models").
/// </summary>
public static class SourceWeights
{
    /// <summary>The weight of each value, 1 together for each source; null where there are not several sources, so that all weigh the same.</summary>
    /// <param name="sources">[N]: the source of each.</param>
    public static double[]? Of(IReadOnlyList<string> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        var counts = sources.CountBy(source => source).ToDictionary();
        return counts.Count < 2 ? null : [.. sources.Select(source => 1.0 / counts[source])];
    }

    /// <summary>How it is recorded what was learnt so; null where there are not several sources.</summary>
    internal static SourceTrust? Record(IReadOnlyList<ScoredScan> scans)
    {
        var sources = scans.CountBy(scan => scan.Source).OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => new SourceImages(source.Key, source.Value)).ToList();
        return sources.Count < 2 ? null : new SourceTrust(SourceTrust.SourceWeighted, SourceTrust.SourceWeighted, SourceTrust.WorstSource, sources);
    }
}
