using System.Text.Json;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>What Keras's description of a model, its topology, tells of the layers.</summary>
internal static class KerasConfig
{
    /// <summary>The epsilon of each batch norm by the layer's name, through all models inside models.</summary>
    /// <param name="model">A model's <c>{"class_name": …, "config": …}</c>.</param>
    public static IReadOnlyDictionary<string, double> Epsilons(JsonElement model)
    {
        var epsilons = new Dictionary<string, double>();
        Collect(model, epsilons);
        return epsilons;
    }

    private static void Collect(JsonElement layer, Dictionary<string, double> epsilons)
    {
        if (layer.ValueKind != JsonValueKind.Object || !layer.TryGetProperty("config", out var config)) return;
        foreach (var inner in Layers(config)) Collect(inner, epsilons);
        if (config.ValueKind == JsonValueKind.Object
            && config.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            && config.TryGetProperty("epsilon", out var epsilon) && epsilon.ValueKind == JsonValueKind.Number)
        {
            epsilons[name.GetString()!] = epsilon.GetDouble();
        }
    }

    /// <summary>A model's layers; Sequential models of Keras before 2.2.3 have a bare list as their config.</summary>
    private static JsonElement[] Layers(JsonElement config)
    {
        if (config.ValueKind == JsonValueKind.Array) return [.. config.EnumerateArray()];
        return config.ValueKind == JsonValueKind.Object && config.TryGetProperty("layers", out var layers)
            && layers.ValueKind == JsonValueKind.Array ? [.. layers.EnumerateArray()] : [];
    }
}
