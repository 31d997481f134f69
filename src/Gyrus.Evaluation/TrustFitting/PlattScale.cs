namespace Gyrus.Evaluation.TrustFitting;

/// <summary>Fits a line that turns scores into log-odds: Platt 1999, "Probabilistic Outputs for Support Vector Machines", by Newton's method with halved steps as Lin,
/// Lin and Weng 2007, "A note on Platt's probabilistic outputs", have it. Both answers weigh the same, whatever their numbers.</summary>
internal static class PlattScale
{
    private const int MostSteps = 100;

    // Keeps the matrix from being singular, as in Lin, Lin and Weng.
    private const double Ridge = 1e-12;

    /// <summary>The line.</summary>
    /// <param name="scores">Each with whether there is a tumour; at least one of either.</param>
    public static (double Slope, double Intercept) Fit(IReadOnlyList<(double Score, bool IsTumour)> scores)
    {
        int tumours = scores.Count(one => one.IsTumour), healthy = scores.Count - tumours;
        // Not quite 1 and 0, so that scores that part the two are not taken for certain.
        double high = (tumours + 1.0) / (tumours + 2), low = 1.0 / (healthy + 2);
        var points = scores.Select(one => (one.Score, Target: one.IsTumour ? high : low, Weight: 0.5 / (one.IsTumour ? tumours : healthy))).ToList();
        double Loss(double a, double b) => points.Sum(point => point.Weight * (Softplus((a * point.Score) + b) - (point.Target * ((a * point.Score) + b))));
        double slope = 0, intercept = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            double downA = 0, downB = 0, aa = Ridge, ab = 0, bb = Ridge;
            foreach (var (score, target, weight) in points)
            {
                double p = 1 / (1 + Math.Exp(-((slope * score) + intercept))), error = weight * (p - target), curve = weight * p * (1 - p);
                (downA, downB) = (downA + (error * score), downB + error);
                (aa, ab, bb) = (aa + (curve * score * score), ab + (curve * score), bb + curve);
            }
            if (Math.Abs(downA) < 1e-9 && Math.Abs(downB) < 1e-9) break;
            double whole = (aa * bb) - (ab * ab), stepA = ((bb * downA) - (ab * downB)) / whole, stepB = ((aa * downB) - (ab * downA)) / whole, share = 1;
            while (share > 1e-6 && Loss(slope - (share * stepA), intercept - (share * stepB)) > Loss(slope, intercept)) share /= 2;
            if (share <= 1e-6) break;
            (slope, intercept) = (slope - (share * stepA), intercept - (share * stepB));
        }
        return (slope, intercept);
    }

    private static double Softplus(double x) => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)));
}
