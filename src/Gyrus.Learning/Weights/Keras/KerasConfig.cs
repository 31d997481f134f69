using System.Text.Json;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>What Keras's description of a model, its topology, tells of a layer or of a model in a model.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="KerasClass">Its class, such as <c>Conv2D</c>.</param>
/// <param name="Epsilon">The number under the root, for a batch norm.</param>
/// <param name="Layers">The layers of a model, in Keras's order; empty for a plain layer.</param>
internal sealed record KerasConfig(string Name, string KerasClass, double? Epsilon, IReadOnlyList<KerasConfig> Layers)
{
    /// <summary>Reads a model's <c>{"class_name": …, "config": …}</c>.</summary>
    public static KerasConfig Parse(JsonElement model)
    {
        var config = Property(model, "config", JsonValueKind.Object);
        var name = Property(config, "name", JsonValueKind.String) ?? Property(model, "name", JsonValueKind.String);
        return new KerasConfig(
            name?.GetString() ?? "",
            Property(model, "class_name", JsonValueKind.String)?.GetString() ?? "",
            Property(config, "epsilon", JsonValueKind.Number)?.GetDouble(),
            [
                // Sequential models of Keras before 2.2.3 have a bare list as their config.
                .. (Property(config, "layers", JsonValueKind.Array) ?? Property(model, "config", JsonValueKind.Array))
                    ?.EnumerateArray().Select(Parse) ?? [],
            ]);
    }

    /// <summary>The epsilon of each batch norm by the layer's name, through all models inside models.</summary>
    public IReadOnlyDictionary<string, double> Epsilons()
    {
        var epsilons = new Dictionary<string, double>();
        foreach (var layer in WithInner())
        {
            if (layer.Epsilon is { } epsilon) epsilons[layer.Name] = epsilon;
        }
        return epsilons;
    }

    private IEnumerable<KerasConfig> WithInner() => Layers.SelectMany(layer => layer.WithInner()).Prepend(this);

    private static JsonElement? Property(JsonElement? parent, string name, JsonValueKind kind) =>
        parent is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out var value)
            && value.ValueKind == kind ? value : null;
}
