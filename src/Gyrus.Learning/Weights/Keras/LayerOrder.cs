using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>
/// The order in which Keras lists the layers of a functional model: by falling depth, which is the longest way to the
/// output, and at equal depth in the order in which a walk from the output, depth first, comes upon them. Algorithm:
/// keras-team/keras, keras/src/ops/function.py, <c>map_graph</c>.
/// </summary>
internal static class LayerOrder
{
    /// <summary>The layers of a network in Keras's order.</summary>
    public static IReadOnlyList<Layer> Of(LayerGraph graph)
    {
        var layers = graph.Layers.ToDictionary(layer => layer.Name);
        var depths = new Dictionary<string, int>();

        // The graph lists each layer behind its inputs, so that backwards each depth is final when it is read.
        foreach (var layer in graph.Layers.Reverse())
        {
            int depth = depths.GetValueOrDefault(layer.Name);
            depths[layer.Name] = depth;
            foreach (var input in layer.Inputs)
                depths[input] = Math.Max(depths.GetValueOrDefault(input), depth + 1);
        }
        var visits = new Dictionary<string, int>();
        var open = new Stack<string>([graph.Output]);
        while (open.TryPop(out var name))
        {
            if (!visits.TryAdd(name, visits.Count)) continue;
            foreach (var input in layers[name].Inputs.Reverse()) open.Push(input);
        }
        return
        [
            .. graph.Layers.OrderByDescending(layer => depths[layer.Name])
                .ThenBy(layer => visits.GetValueOrDefault(layer.Name, -1)),
        ];
    }
}
