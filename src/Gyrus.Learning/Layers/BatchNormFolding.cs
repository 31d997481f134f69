using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Layers;

/// <summary>
/// Takes batch normalisation with fixed statistics out of a network, and whatever else is a scale and a shift of each channel
/// (<see cref="Layer.Scaling"/>): it goes into the weights of the convolution before it. The same function, at fewer passes over the data.
/// </summary>
public static class BatchNormFolding
{
    /// <summary>Folds every batch normalisation into the layer before it, or makes it a <see cref="ScaleAndShift"/> where that layer
    /// cannot take it or other layers take that one too.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="tensors">Its weights.</param>
    /// <param name="epsilon">The number under the root that goes with the weights.</param>
    /// <returns>The network without batch normalisation, and its weights; both arguments stay as they are. Layers
    /// that took a folded batch normalisation take the layer that it was folded into.</returns>
    public static (LayerGraph Graph, TensorTable Tensors) Fold(LayerGraph graph, TensorTable tensors, double epsilon)
    {
        Dictionary<string, (Layer Layer, IReadOnlyList<NamedTensor> Tensors)> replaced = [];
        Dictionary<string, string> gone = [];
        foreach (var norm in graph.Layers.OfType<UnaryLayer>())
        {
            if (norm.Scaling(tensors, epsilon) is not { } scaling) continue;
            var before = graph.Layers.Single(layer => layer.Name == norm.From);
            bool alone = graph.Layers.Count(layer => layer.Inputs.Contains(norm.From)) == 1;
            if (alone && before.Absorb(scaling, tensors) is { } absorbed)
            {
                replaced.Add(before.Name, absorbed);
                gone.Add(norm.Name, before.Name);
            }
            else
            {
                replaced.Add(norm.Name, ScaleAndShift.Of(norm, scaling));
            }
        }
        List<Layer> layers = [];
        List<NamedTensor> folded = [];
        foreach (var layer in graph.Layers.Where(layer => !gone.ContainsKey(layer.Name)))
        {
            var (with, weights) = replaced.TryGetValue(layer.Name, out var other) ? other
                : (layer, [.. layer.Variables.Select(variable => tensors[variable.Name])]);
            layers.Add(with.Rewire(name => gone.GetValueOrDefault(name, name)));
            folded.AddRange(weights);
        }
        return (new LayerGraph(layers), new TensorTable(folded));
    }
}
