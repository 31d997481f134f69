using Gyrus.Evaluation.Scans;
using Gyrus.Models;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>Finds the temperature that makes probabilities mean what they say: Guo et al. 2017.</summary>
public static class TemperatureFit
{
    private const double Coolest = 0.05;
    private const double Hottest = 20;
    private const int Steps = 60;

    /// <summary>
    /// The temperature with the least mean log loss. The loss has one minimum along the temperature's logarithm for
    /// any answers that a temperature can mend, so that a golden-section search finds it.
    /// </summary>
    /// <param name="scans">Validation images with the network's own probabilities.</param>
    /// <param name="weights">[N]: how much each counts; null where all count the same.</param>
    /// <returns>0.05 to 20; above 1 where the network is too sure of itself.</returns>
    public static double Of(IReadOnlyList<ScoredScan> scans, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(scans);
        double ratio = (Math.Sqrt(5) - 1) / 2;
        double low = Math.Log(Coolest), high = Math.Log(Hottest);
        double left = high - (ratio * (high - low)), right = low + (ratio * (high - low));
        double leftLoss = Loss(scans, weights, Math.Exp(left)), rightLoss = Loss(scans, weights, Math.Exp(right));
        for (int step = 0; step < Steps; step++)
        {
            if (leftLoss < rightLoss)
            {
                (high, right, rightLoss) = (right, left, leftLoss);
                left = high - (ratio * (high - low));
                leftLoss = Loss(scans, weights, Math.Exp(left));
            }
            else
            {
                (low, left, leftLoss) = (left, right, rightLoss);
                right = low + (ratio * (high - low));
                rightLoss = Loss(scans, weights, Math.Exp(right));
            }
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>The probabilities at a temperature: p^(1/T), brought to a sum of 1, which is the softmax of logits
    /// divided by T.</summary>
    public static ScoredScan At(ScoredScan scan, double temperature)
    {
        ArgumentNullException.ThrowIfNull(scan);
        var logs = Array.ConvertAll(scan.Probabilities, p => (float)Math.Log(Math.Max(p, 1e-30)));
        Softmax.InPlace(logs, temperature);
        return scan with { Probabilities = logs };
    }

    private static double Loss(IReadOnlyList<ScoredScan> scans, IReadOnlyList<double>? weights, double temperature)
    {
        double sum = 0;
        for (int i = 0; i < scans.Count; i++)
        {
            var cooled = At(scans[i], temperature);
            double log = Math.Log(Math.Max(TruthSets.Probability(cooled), 1e-30));
            sum -= weights is null ? log : weights[i] * log;
        }
        return sum / scans.Count;
    }
}
