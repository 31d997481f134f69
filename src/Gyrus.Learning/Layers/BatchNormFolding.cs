using Gyrus.Learning.Weights;

namespace Gyrus.Learning.Layers;

/// <summary>
/// Takes batch normalisation with fixed statistics out of a network: it is a scale and a shift of each channel, and
/// goes into the weights of the convolution before it. The same function, at fewer passes over the data.
/// </summary>
public static class BatchNormFolding
{
    /// <summary>Folds every batch normalisation into the convolution that it takes.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="tensors">Its weights.</param>
    /// <param name="epsilon">The number under the root that goes with the weights.</param>
    /// <returns>The network without batch normalisation, and its weights; both arguments stay as they are. Layers
    /// that took the batch normalisation take the convolution.</returns>
    /// <exception cref="ArgumentException">A batch normalisation stands behind another kind of layer, or its
    /// convolution is taken by another layer too.</exception>
    public static (LayerGraph Graph, TensorTable Tensors) Fold(LayerGraph graph, TensorTable tensors, double epsilon)
    {
        var norms = graph.Layers.OfType<BatchNormalisation>().ToDictionary(norm => FoldableInput(graph, norm));
        var replaced = norms.ToDictionary(pair => pair.Value.Name, pair => pair.Key);
        List<Layer> layers = [];
        List<NamedTensor> folded = [];
        foreach (var layer in graph.Layers)
        {
            if (layer is BatchNormalisation) continue;
            var rewired = layer.Rewire(name => replaced.GetValueOrDefault(name, name));
            if (norms.TryGetValue(layer.Name, out var norm))
            {
                folded.AddRange(FoldInto(layer, tensors, norm, epsilon));
                rewired = rewired switch
                {
                    Convolution convolution => convolution with { HasBias = true },
                    SeparableConvolution separable => separable with { HasBias = true },
                    _ => rewired,
                };
            }
            else
            {
                folded.AddRange(layer.Variables.Select(variable => tensors[variable.Name]));
            }
            layers.Add(rewired);
        }
        return (new LayerGraph(layers), new TensorTable(folded));
    }

    private static string FoldableInput(LayerGraph graph, BatchNormalisation norm)
    {
        var before = graph.Layers.Single(layer => layer.Name == norm.From);
        if (before is not (Convolution or SeparableConvolution))
        {
            throw new ArgumentException(
                $"{norm.Name} cannot be folded: {before.Name} before it is no convolution.", nameof(graph));
        }
        var takers = graph.Layers.Where(layer => layer.Inputs.Contains(norm.From)).Select(layer => layer.Name).ToList();
        if (takers.Count > 1)
        {
            throw new ArgumentException(
                $"{norm.Name} cannot be folded: {string.Join(" and ", takers)} all take {norm.From}.", nameof(graph));
        }
        return norm.From;
    }

    private static IEnumerable<NamedTensor> FoldInto(
        Layer convolution, TensorTable tensors, BatchNormalisation norm, double epsilon)
    {
        // y = gamma * (x - mean) / sqrt(variance + epsilon) + beta, equation 11 of Ioffe and Szegedy 2015.
        var gamma = tensors[$"{norm.Name}/gamma"].Values;
        var beta = tensors[$"{norm.Name}/beta"].Values;
        var mean = tensors[$"{norm.Name}/moving_mean"].Values;
        var variance = tensors[$"{norm.Name}/moving_variance"].Values;
        var scale = new double[norm.Channels];
        for (int c = 0; c < scale.Length; c++) scale[c] = gamma[c] / Math.Sqrt(variance[c] + epsilon);

        float[]? bias = null;
        foreach (var variable in convolution.Variables)
        {
            var tensor = tensors[variable.Name];
            if (variable.Name == $"{convolution.Name}/bias")
            {
                bias = tensor.Values;
            }
            else if (variable.Name == $"{convolution.Name}/depthwise_kernel")
            {
                yield return tensor;
            }
            else
            {
                yield return tensor with { Values = ScaleFilters(tensor.Values, scale) };
            }
        }
        var shifted = new float[norm.Channels];
        for (int c = 0; c < shifted.Length; c++)
        {
            shifted[c] = (float)(beta[c] + ((bias?[c] ?? 0.0) - mean[c]) * scale[c]);
        }
        yield return new NamedTensor($"{convolution.Name}/bias", [norm.Channels], shifted);
    }

    /// <summary>Filters are the last axis of Keras's kernels, so neighbours in memory belong to different
    /// filters.</summary>
    private static float[] ScaleFilters(float[] kernel, double[] scale)
    {
        var scaled = new float[kernel.Length];
        for (int at = 0; at < kernel.Length; at += scale.Length)
        {
            for (int c = 0; c < scale.Length; c++) scaled[at + c] = (float)(kernel[at + c] * scale[c]);
        }
        return scaled;
    }
}
