using System.Text;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>
/// Weights that are the same everywhere, for tests where real ones cannot be had: the generator that
/// ../shared/fixtures/keras-parity/README.md describes, with the names of the topology beside it.
/// </summary>
public static class GeneratedWeights
{
    /// <summary>The number of Xception's first automatically named layers in the fixtures' topology.</summary>
    private const int FirstNumber = 4;

    public static BackboneWeights For(Backbone backbone) => new(
        backbone.Name,
        new TensorTable(backbone.Graph.Variables.Select(variable => new NamedTensor(
            variable.Name, variable.Shape, Values(TopologyName(variable.Name), variable.Shape)))),
        1e-3,
        "generated");

    /// <summary>Values uniform in [-scale, scale), drawn from the generator that the name seeds.</summary>
    public static float[] Uniform(string name, int count, double scale, double centre = 0)
    {
        uint state = Fnv1A(name);
        var values = new float[count];
        for (int i = 0; i < count; i++) values[i] = (float)(centre + scale * (2 * Mulberry32(ref state) - 1));
        return values;
    }

    private static float[] Values(string name, IReadOnlyList<int> shape)
    {
        int count = shape.Aggregate(1, (product, size) => product * size);
        return name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..] switch
        {
            "gamma" => Uniform(name, count, 0.1, centre: 1),
            "moving_variance" => Uniform(name, count, 0.5, centre: 1),
            "beta" or "moving_mean" or "bias" => Uniform(name, count, 0.1),
            "depthwise_kernel" => Uniform(name, count, Math.Sqrt(3.0 / (shape[0] * shape[1]))),
            _ when shape.Count == 4 => Uniform(name, count, Math.Sqrt(3.0 / (shape[0] * shape[1] * shape[2]))),
            _ => Uniform(name, count, Math.Sqrt(3.0 / shape[0])),
        };
    }

    /// <summary>Our <c>conv2d_1/kernel</c> is the topology's <c>conv2d_5/kernel</c>.</summary>
    private static string TopologyName(string name)
    {
        int slash = name.IndexOf('/', StringComparison.Ordinal);
        var (layer, variable) = (name[..slash], name[slash..]);
        foreach (var stem in new[] { "conv2d", "batch_normalization" })
        {
            if (layer == stem) return $"{stem}_{FirstNumber}{variable}";
            if (!layer.StartsWith(stem + "_", StringComparison.Ordinal)) continue;
            return $"{stem}_{FirstNumber + int.Parse(layer[(stem.Length + 1)..])}{variable}";
        }
        return name;
    }

    private static uint Fnv1A(string name)
    {
        uint hash = 0x811C9DC5;
        foreach (byte b in Encoding.UTF8.GetBytes(name)) hash = (hash ^ b) * 0x01000193;
        return hash;
    }

    private static double Mulberry32(ref uint state)
    {
        state += 0x6D2B79F5;
        uint t = (state ^ (state >> 15)) * (1 | state);
        t = (t + ((t ^ (t >> 7)) * (61 | t))) ^ t;
        return (t ^ (t >> 14)) / 4294967296.0;
    }
}
