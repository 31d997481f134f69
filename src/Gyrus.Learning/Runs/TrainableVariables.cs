using Gyrus.Learning.Backbones;
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
                + $"{graph.Layers[^1].Name}; {LastBlocks} fits the last block.");
        }
        return layers.SelectMany(layer => layer.Variables).Where(variable => !variable.IsStatistic)
            .Select(variable => variable.Name);
    }

    private static string LastBlocks =>
        string.Join(" or ", Backbone.All.Where(backbone => backbone.LastBlock.Length > 0)
            .Select(backbone => $"'{backbone.LastBlock}' ({backbone.Name})"));
}
