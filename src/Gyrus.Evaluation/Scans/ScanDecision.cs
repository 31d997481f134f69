using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.Scans;

/// <summary>What a model decides on a scan, and how sure it is of that: a tumour or none where labels tell, and the label where they do not.</summary>
internal static class ScanDecision
{
    /// <summary>Whether the decision is wrong.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="threshold">The tumour probability that is called a tumour, where the model has none of its own.</param>
    public static bool IsWrong(ScoredScan scan, double threshold) => scan.Labels.TellsTumours
        ? scan.TumourProbability >= (scan.CalledFrom ?? threshold) != scan.IsTumour
        : !scan.Labels.Allowed(scan.Truth).Contains(scan.Answer());

    /// <summary>How sure the decision is, for the order alone: how far the log-odds of a tumour are from those of the threshold, and where labels do
    /// not tell, the largest probability. At a threshold of half, both are the softmax response of Geifman and El-Yaniv 2017.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="threshold">As above.</param>
    public static double Confidence(ScoredScan scan, double threshold) => scan.Labels.TellsTumours
        ? Math.Abs(LogOdds(scan.TumourProbability) - LogOdds(scan.CalledFrom ?? threshold))
        : scan.Probabilities.Max();

    /// <summary>The log-odds of a probability, which stay finite at 0 and 1.</summary>
    public static double LogOdds(double probability) => PlacedAnswer.Of(null, probability).LogOdds;
}
