namespace Gyrus.Learning.Layers;

/// <summary>A network as a list of layers, each behind the layers that it takes; the last one is the output.</summary>
/// <param name="Layers">The layers, in an order in which they can be computed.</param>
public sealed record LayerGraph(IReadOnlyList<Layer> Layers)
{
    /// <summary>The name of the last layer.</summary>
    public string Output => Layers[^1].Name;

    /// <summary>All weights, layer by layer.</summary>
    public IEnumerable<LayerVariable> Variables => Layers.SelectMany(layer => layer.Variables);

    /// <summary>Puts another network behind this one: its input becomes this one's output.</summary>
    public LayerGraph Then(LayerGraph next)
    {
        var input = next.Layers.OfType<Input>().Single().Name;
        return new LayerGraph([.. Layers, .. next.Layers.Where(layer => layer is not Input)
            .Select(layer => layer.Rewire(name => name == input ? Output : name))]);
    }
}
