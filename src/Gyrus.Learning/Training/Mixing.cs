using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Mixes the images of a batch in pairs: Zhang et al. 2018, "mixup: Beyond Empirical Risk Minimization".</summary>
internal static class Mixing
{
    /// <summary>Draws how much of each image stays, and whom it is mixed with.</summary>
    /// <param name="count">Images of the batch.</param>
    /// <param name="alpha">Both parameters of the beta distribution, above 0.</param>
    /// <param name="seed">Decides the draw.</param>
    /// <returns>The share that stays, 0.5 to 1, and for each image its partner.</returns>
    public static (double Share, int[] Partners) Draw(int count, double alpha, long seed)
    {
        var random = new SeededRandom((int)Seeds.Derive((int)seed, "mixing"));
        double first = Gamma(alpha, random), second = Gamma(alpha, random);
        double share = first + second > 0 ? first / (first + second) : 1;
        var partners = Enumerable.Range(0, count).ToArray();
        random.Shuffle(partners);
        return (Math.Max(share, 1 - share), partners);
    }

    /// <summary>The mixed batch.</summary>
    public static Tensor Mix(Tensor inputs, double share, int[] partners)
    {
        using var kept = share.ToScalar();
        using var given = (1 - share).ToScalar();
        using var order = tensor(Array.ConvertAll(partners, partner => (long)partner));
        using var others = inputs.index_select(0, order).mul_(given);
        return (inputs * kept).add_(others);
    }

    /// <summary>A draw of the gamma distribution: Marsaglia and Tsang 2000, with their boost below 1.</summary>
    private static double Gamma(double shape, SeededRandom random)
    {
        if (shape < 1) return Gamma(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        double d = shape - (1.0 / 3), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            double v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v))) return d * v;
        }
    }
}
