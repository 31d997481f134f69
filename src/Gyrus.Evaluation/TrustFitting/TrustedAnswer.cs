using Gyrus.Evaluation.Scans;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>An answer as what was learnt on validation makes it.</summary>
public static class TrustedAnswer
{
    /// <summary>The scan with calibrated probabilities, the threshold of its verdict, whether its conformal set holds its label, and, where it was not asked what
    /// the model accepts, whether it is sure enough.</summary>
    /// <param name="scan">A scan with the network's own probabilities.</param>
    /// <param name="trust">What was learnt.</param>
    public static ScoredScan Of(ScoredScan scan, TrustSettings trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        var calibrated = TemperatureFit.At(scan, trust.Temperature);
        return calibrated with
        {
            CalledFrom = trust.Threshold.Threshold,
            Covered = Covers(calibrated, trust.Conformal),
            Accepted = scan.Accepted ?? (trust.Doubt is { } doubt ? doubt.Refusal(calibrated.TumourProbability) is null : null),
        };
    }

    /// <summary>Whether the conformal set holds the label; null where no sets are made, or the label is none of the model's.</summary>
    /// <param name="scan">A scan with calibrated probabilities.</param>
    /// <param name="sets">How sets are made.</param>
    internal static bool? Covers(ScoredScan scan, ConformalSettings sets) => !sets.MakesSets || scan.Truth < 0 ? null
        : sets.Set(scan.Probabilities).Intersect(scan.Labels.Allowed(scan.Truth)).Any();
}
