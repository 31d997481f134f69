using System.Text.Json;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights.Keras;

namespace Gyrus.Learning.Weights;

/// <summary>
/// Weights in TensorFlow.js's layers format: a folder with <c>model.json</c> (topology, and a manifest of the weights)
/// and binary shards that make one run of bytes. Format: tensorflow/tfjs, tfjs-converter/README.md.
/// </summary>
public static class TfjsLayers
{
    /// <summary>Loads a backbone's weights.</summary>
    /// <param name="path">The folder, or the <c>model.json</c> in it.</param>
    /// <param name="backbone">The backbone that the weights must be of.</param>
    /// <exception cref="GyrusException">A file is missing, cut short or not in the format, the weights are quantised to
    /// integers, or they are not the backbone's; the message names file and tensors.</exception>
    public static BackboneWeights Load(string path, Backbone backbone)
    {
        var model = Directory.Exists(path) ? Path.Combine(path, "model.json") : path;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(model));
            return BackboneMatcher.Match(Layers(json.RootElement, Path.GetDirectoryName(model)!), backbone, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or InvalidDataException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new GyrusException($"{model}: this TF.js layers model cannot be read: {e.Message.TrimEnd('.')}. "
                + "Give the folder with model.json and all of its shards.", e);
        }
    }

    private static IReadOnlyList<StoredLayer> Layers(JsonElement model, string folder)
    {
        if (!model.TryGetProperty("weightsManifest", out var manifest))
            throw new InvalidDataException("it has no weightsManifest");
        var epsilons = model.TryGetProperty("modelTopology", out var topology)
            && topology.TryGetProperty("model_config", out var config)
            ? KerasConfig.Parse(config).Epsilons() : new Dictionary<string, double>();
        return
        [
            .. manifest.EnumerateArray().SelectMany(group => Variables(group, folder))
                .GroupBy(variable => variable.Layer)
                .Select(layer => new StoredLayer("", layer.Key, [.. layer.Select(variable => variable.Stored)])
                {
                    Epsilon = epsilons.TryGetValue(layer.Key, out double epsilon) ? epsilon : null,
                }),
        ];
    }

    private static IEnumerable<(string Layer, StoredVariable Stored)> Variables(JsonElement group, string folder)
    {
        var shards = new ShardedBytes(
            [.. group.GetProperty("paths").EnumerateArray().Select(shard => ShardPath(folder, shard.GetString()!))]);
        long offset = 0;
        foreach (var weight in group.GetProperty("weights").EnumerateArray())
        {
            var name = weight.GetProperty("name").GetString()!;
            int[] shape = [.. weight.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            long length = shape.Aggregate(1L, (product, size) => Math.Min(product * size, int.MaxValue));
            var type = weight.TryGetProperty("quantization", out var quantisation)
                ? quantisation.GetProperty("dtype").GetString() : weight.GetProperty("dtype").GetString();
            int width = Width(name, type);
            if (shape.Any(size => size < 0) || length > Array.MaxLength || offset + length * width > shards.Length)
            {
                throw new InvalidDataException($"'{name}' with shape [{string.Join(", ", shape)}] ends behind the "
                    + $"{shards.Length} bytes of its shards");
            }
            long start = offset;
            var (layer, variable) = VariableName.Split(name);
            yield return (layer, new StoredVariable(variable, shape, () => type switch
            {
                "float32" or "float16" => shards.ReadFloats(start, (int)length, isHalf: type == "float16"),
                _ => throw new InvalidDataException($"'{name}' is {type}; only float32 and float16 can be read"),
            }));
            offset += length * width;
        }
        if (offset != shards.Length)
            throw new InvalidDataException($"its shards have {shards.Length} bytes, and its tensors take {offset}");
    }

    private static string ShardPath(string folder, string name)
    {
        if (Path.GetFileName(name) != name)
            throw new InvalidDataException($"it names the shard '{name}', which is not a file beside it");
        return Path.Combine(folder, name);
    }

    private static int Width(string name, string? type) => type switch
    {
        "float32" or "int32" => 4,
        "float16" or "uint16" => 2,
        "uint8" or "bool" => 1,
        _ => throw new InvalidDataException($"'{name}' has the type '{type}', which is unknown"),
    };
}
