using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>What a label says about an image: one of a tumour of no type, among labels with types, says that it is any tumour of its
/// modality.</summary>
internal static class TruthSets
{
    /// <summary>The summed probability of the labels that the truth allows.</summary>
    public static double Probability(ScoredScan scan) =>
        scan.Labels.Allowed(scan.Truth).Sum(label => (double)scan.Probabilities[label]);
}
