using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Backbones;

/// <summary>First weights of a backbone that nobody trained, for training from scratch. The same on every machine.</summary>
internal static class ScratchWeights
{
    // The mean square of a scan in Caffe's units, whose black border is about -115; in -1 to 1 it is about 1.
    private const float CaffePower = 1e4f;

    /// <summary>
    /// Draws kernels evenly within sqrt(6 / fan-in): He et al. 2015, Keras's <c>he_uniform</c>. Batch norm, whose statistics Gyrus does not fit, changes nothing,
    /// but brings the input to a mean square of 1, and makes the end of every residual branch zero, so that a deep network without batch norm begins as a
    /// shallow one: De and Smith 2020, "Batch normalization biases residual blocks towards the identity function".
    /// </summary>
    /// <param name="backbone">The network.</param>
    /// <param name="seed">Fixes the draw.</param>
    public static BackboneWeights Draw(Backbone backbone, int seed)
    {
        var random = new SeededRandom(seed);
        var silent = BranchEnds(backbone.Graph).ToHashSet();
        var first = backbone.Graph.Layers.OfType<BatchNormalisation>().FirstOrDefault()?.Name;
        float power = backbone.Normalisation == Normalisation.Caffe ? CaffePower : 1;
        NamedTensor Of(Layer layer, LayerVariable variable) => new(variable.Name, variable.Shape, variable.Name[(layer.Name.Length + 1)..] switch
        {
            "moving_variance" => Filled(variable, layer.Name == first ? power : 1),
            "gamma" => Filled(variable, silent.Contains(layer.Name) ? 0 : 1),
            "moving_mean" or "beta" or "bias" => Filled(variable, 0),
            _ => Kernel(variable, random),
        });
        return new(
            backbone.Name,
            new TensorTable(backbone.Graph.Layers.SelectMany(layer => layer.Variables.Select(variable => Of(layer, variable)))),
            backbone.BatchNormEpsilon,
            FormattableString.Invariant($"drawn at random with the seed {seed}, and trained on nothing before"));
    }

    /// <summary>The batch norm at the end of each residual branch: of the ways into a sum, the one over the most layers.</summary>
    private static IEnumerable<string> BranchEnds(LayerGraph graph)
    {
        var layers = graph.Layers.ToDictionary(layer => layer.Name);
        Dictionary<string, int> depths = [];
        foreach (var layer in graph.Layers)
        {
            depths[layer.Name] = layer.Inputs.Count == 0 ? 0 : 1 + layer.Inputs.Max(name => depths[name]);
            if (layer is not Add) continue;
            var at = layers[layer.Inputs.MaxBy(name => depths[name])!];
            while (at is UnaryLayer below and not BatchNormalisation) at = layers[below.From];
            if (at is BatchNormalisation) yield return at.Name;
        }
    }

    private static float[] Filled(LayerVariable variable, float value)
    {
        var values = new float[variable.Length];
        Array.Fill(values, value);
        return values;
    }

    // Shapes are [height, width, in, out]; what an output is summed over is all but the last.
    private static float[] Kernel(LayerVariable variable, SeededRandom random)
    {
        bool perChannel = variable.Shape[^1] == 1;
        int fanIn = perChannel ? variable.Shape[0] * variable.Shape[1] : variable.Length / variable.Shape[^1];
        double limit = Math.Sqrt(6.0 / fanIn);
        var values = new float[variable.Length];
        for (int i = 0; i < values.Length; i++) values[i] = (float)(((random.NextDouble() * 2) - 1) * limit);
        return values;
    }
}
