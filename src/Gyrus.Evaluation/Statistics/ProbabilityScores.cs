namespace Gyrus.Evaluation.Statistics;

/// <summary>Proper scoring rules of one scan's probabilities; a data set's score is their mean over its
/// scans.</summary>
public static class ProbabilityScores
{
    /// <summary>The smallest probability that the log loss sees: the machine epsilon of the float32 that networks put
    /// out.</summary>
    public const double SmallestProbability = 1.1920929e-7;

    /// <summary>
    /// The log loss in nats, 0 to about 15.9: minus the logarithm of the truth's probability (Good, "Rational
    /// decisions", Journal of the Royal Statistical Society B 14(1), 1952).
    /// </summary>
    /// <param name="probabilities">[L], each 0 to 1, together 1; below <see cref="SmallestProbability"/> is raised to
    /// it.</param>
    /// <param name="truth">The index of the true label.</param>
    public static double LogLoss(ReadOnlySpan<float> probabilities, int truth) =>
        -Math.Log(Math.Clamp(probabilities[truth], SmallestProbability, 1));

    /// <summary>
    /// The Brier score over all labels, 0 to 2: the squared distance between the probabilities and the truth (Brier,
    /// "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78(1), 1950).
    /// </summary>
    /// <param name="probabilities">[L], each 0 to 1, together 1.</param>
    /// <param name="truth">The index of the true label.</param>
    public static double Brier(ReadOnlySpan<float> probabilities, int truth)
    {
        double sum = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double distance = probabilities[i] - (i == truth ? 1 : 0);
            sum += distance * distance;
        }
        return sum;
    }
}
