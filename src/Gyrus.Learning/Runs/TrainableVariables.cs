using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Runs;

/// <summary>Which weights of a network are fitted when it is fine-tuned.</summary>
internal static class TrainableVariables
{
    /// <summary>
    /// Everything from the first layer on whose name begins with a prefix, without batch norm's stored statistics.
    /// </summary>
    /// <exception cref="GyrusException">No layer's name begins so.</exception>
    public static IEnumerable<string> From(LayerGraph graph, string prefix)
    {
        var layers = graph.Layers
            .SkipWhile(layer => !layer.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (layers.Count == 0)
        {
            throw new GyrusException(
                $"No layer's name begins with '{prefix}'. The layers are named {graph.Layers[1].Name} to "
                + $"{graph.Layers[^1].Name}; 'conv5' (resnet50) or 'block14' (xception) fits the last block.");
        }
        return layers.SelectMany(layer => layer.Variables).Select(variable => variable.Name)
            .Where(name => !name.EndsWith("/moving_mean", StringComparison.Ordinal)
                && !name.EndsWith("/moving_variance", StringComparison.Ordinal));
    }
}
