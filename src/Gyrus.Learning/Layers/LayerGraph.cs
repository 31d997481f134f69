using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Layers;

/// <summary>A network as a list of layers, each behind the layers that it takes; the last one is the output.</summary>
/// <param name="Layers">The layers, in an order in which they can be computed.</param>
public sealed record LayerGraph(IReadOnlyList<Layer> Layers)
{
    private const int FaultsShown = 10;

    /// <summary>The name of the layer that stands for what is put in.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public string Input => Layers.OfType<Input>().Single().Name;

    /// <summary>The name of the last layer.</summary>
    public string Output => Layers[^1].Name;

    /// <summary>All weights, layer by layer.</summary>
    public IEnumerable<LayerVariable> Variables => Layers.SelectMany(layer => layer.Variables);

    /// <summary>Puts another network behind this one: its input becomes this one's output.</summary>
    public LayerGraph Then(LayerGraph next)
    {
        var input = next.Input;
        return new LayerGraph([.. Layers, .. next.Layers.Where(layer => layer.Name != input)
            .Select(layer => layer.Rewire(name => name == input ? Output : name))]);
    }

    /// <summary>The network without the layers that do nothing outside training.</summary>
    public LayerGraph OutsideTraining()
    {
        var sources = Layers.Where(layer => layer.HandsOn is not null)
            .ToDictionary(layer => layer.Name, layer => layer.HandsOn!);
        string Source(string name) => sources.TryGetValue(name, out var from) ? Source(from) : name;
        return new LayerGraph(
            [.. Layers.Where(layer => layer.HandsOn is null).Select(layer => layer.Rewire(Source))]);
    }

    /// <summary>The sizes of all layers' outputs, by the layers' names.</summary>
    /// <param name="inputSize">Width and height of an image of three channels.</param>
    /// <exception cref="GyrusException">The input is too small for the network.</exception>
    public IReadOnlyDictionary<string, LayerShape> Shapes(int inputSize)
    {
        Dictionary<string, LayerShape> shapes = [];
        foreach (var layer in Layers)
        {
            shapes[layer.Name] = layer.Shape(layer.Inputs.Count == 0
                ? [new LayerShape(3, inputSize, inputSize)] : [.. layer.Inputs.Select(name => shapes[name])]);
        }
        return shapes;
    }

    /// <summary>Checks that a table holds just the weights that the network needs.</summary>
    /// <param name="tensors">The table.</param>
    /// <param name="source">The file or folder that it came from, for the message.</param>
    /// <exception cref="GyrusException">Tensors are missing, too many or of another shape; the message names
    /// them.</exception>
    public void Require(TensorTable tensors, string source)
    {
        var wanted = Variables.ToDictionary(variable => variable.Name);
        var given = tensors.Tensors.ToDictionary(tensor => tensor.Name);
        List<string> faults =
        [
            .. wanted.Keys.Where(name => !given.ContainsKey(name)).Select(name => $"missing {name}"),
            .. given.Keys.Where(name => !wanted.ContainsKey(name)).Select(name => $"unexpected {name}"),
            .. given.Values
                .Where(tensor => wanted.TryGetValue(tensor.Name, out var v) && !v.Shape.SequenceEqual(tensor.Shape))
                .Select(tensor => $"{tensor.Name} is [{string.Join(", ", tensor.Shape)}], "
                    + $"not [{string.Join(", ", wanted[tensor.Name].Shape)}]"),
        ];
        if (faults.Count == 0) return;
        var rest = faults.Count > FaultsShown ? $" and {faults.Count - FaultsShown} more" : "";
        throw new GyrusException($"{source}: these are not the weights of this network: "
            + string.Join("; ", faults.Take(FaultsShown)) + rest + ". Give the weights of the backbone that you named.");
    }
}
