using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Gyrus.Learning.Export.Keras;

/// <summary>A TensorFlow.js layers model: <c>model.json</c> and shards of weights, little endian. Format: tensorflow/tfjs, tfjs-converter/README.md.</summary>
internal static class TfjsForm
{
    // As the converter cuts: browsers keep files of this size.
    private const int Shard = 4 << 20;

    /// <summary>Writes the model.</summary>
    /// <param name="folder">Takes the files; made where it is missing.</param>
    /// <param name="model">The model.</param>
    public static void Write(string folder, KerasModel model)
    {
        Directory.CreateDirectory(folder);
        List<JsonNode> weights = [];
        using var bytes = new MemoryStream();
        foreach (var tensor in model.Weighted().SelectMany(layer => layer.Tensors))
        {
            weights.Add(new JsonObject { ["name"] = tensor.Name, ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]), ["dtype"] = "float32" });
            bytes.Write(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        }
        int count = Math.Max(1, (int)((bytes.Length + Shard - 1) / Shard));
        string[] paths = [.. Enumerable.Range(1, count).Select(i => FormattableString.Invariant($"group1-shard{i}of{count}.bin"))];
        for (int i = 0; i < count; i++)
        {
            int length = (int)Math.Min(Shard, bytes.Length - ((long)i * Shard));
            AtomicFile.Write(Path.Combine(folder, paths[i]), stream => stream.Write(bytes.GetBuffer(), i * Shard, length));
        }
        var json = new JsonObject
        {
            ["format"] = "layers-model",
            ["generatedBy"] = "Gyrus",
            ["convertedBy"] = null,
            ["modelTopology"] = new JsonObject { ["keras_version"] = KerasH5Form.Version, ["backend"] = "tensorflow", ["model_config"] = model.Topology().Keras2() },
            ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = new JsonArray([.. paths.Select(path => (JsonNode)path)]), ["weights"] = new JsonArray([.. weights]) }),
            ["userDefinedMetadata"] = model.Notes(),
        };
        AtomicFile.WriteText(Path.Combine(folder, "model.json"), json.ToJsonString());
    }
}
