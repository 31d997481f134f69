namespace Gyrus.Learning.Novelty;

/// <summary>
/// What features of known images are like: their mean, the directions in which they spread most and how far, and how much
/// is left outside these. The novelty of an image is its squared Mahalanobis distance in those directions and its squared
/// distance from them, each over its mean on known images, so that the sum is 2 on average. Lee et al. 2018, "A Simple
/// Unified Framework for Detecting Out-of-Distribution Samples"; the residual is that of Wang et al. 2022, "ViM".
/// </summary>
/// <param name="Layers">The layers whose means over all positions are the features, in order.</param>
/// <param name="Mean">[D].</param>
/// <param name="Scale">[D]: what the distance from the mean is multiplied by, so that every feature counts alike.</param>
/// <param name="Directions">[D, R], row by row: orthonormal columns.</param>
/// <param name="Weights">[R]: one over R times the variance along each direction.</param>
/// <param name="ResidualWeight">One over the mean squared distance from the directions.</param>
public sealed record NoveltyStatistics(
    IReadOnlyList<string> Layers, float[] Mean, float[] Scale, float[] Directions, float[] Weights, float ResidualWeight)
{
    /// <summary>The novelty of an image: about 2 where it is like the known ones, more where it is not.</summary>
    /// <param name="features">[D].</param>
    public double Novelty(ReadOnlySpan<float> features)
    {
        int rank = Weights.Length;
        var along = new double[rank];
        double square = 0;
        for (int d = 0; d < Mean.Length; d++)
        {
            double x = (features[d] - Mean[d]) * Scale[d];
            square += x * x;
            for (int r = 0; r < rank; r++) along[r] += x * Directions[(d * rank) + r];
        }
        double inside = 0, distance = 0;
        for (int r = 0; r < rank; r++)
        {
            inside += along[r] * along[r];
            distance += along[r] * along[r] * Weights[r];
        }
        return distance + ((square - inside) * ResidualWeight);
    }
}
