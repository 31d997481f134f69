using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Testing.Models;

/// <summary>Weights for a network that nobody trained, of a size that keeps values in range; equal seeds, equal
/// weights.</summary>
public static class RandomWeights
{
    public static TensorTable For(LayerGraph graph, int seed)
    {
        var random = new Random(seed);
        return new TensorTable(graph.Variables.Select(variable =>
            new NamedTensor(variable.Name, variable.Shape, Values(variable, random))));
    }

    /// <summary>An image, [3, size, size], of noise in [-1, 1).</summary>
    public static float[] Image(int size, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 3 * size * size).Select(_ => Uniform(random))];
    }

    private static float[] Values(LayerVariable variable, Random random)
    {
        int fanIn = variable.Shape.Count < 2 ? 1 : variable.Length / variable.Shape[^1];
        if (variable.Name.EndsWith("/depthwise_kernel", StringComparison.Ordinal)) fanIn = 9;
        float scale = MathF.Sqrt(6f / fanIn) * (variable.Shape.Count < 2 ? 0.2f : 1);
        bool positive = variable.Name.EndsWith("/gamma", StringComparison.Ordinal)
            || variable.Name.EndsWith("/moving_variance", StringComparison.Ordinal) || variable.Name.EndsWith("/variance", StringComparison.Ordinal);
        return [.. Enumerable.Range(0, variable.Length)
            .Select(_ => positive ? 1 + Uniform(random) / 2 : Uniform(random) * scale)];
    }

    private static float Uniform(Random random) => 2 * random.NextSingle() - 1;
}
