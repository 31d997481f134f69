using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using PureHDF;

namespace Gyrus.Learning.Export.Keras;

/// <summary>Keras 3's file: a zip of <c>metadata.json</c>, <c>config.json</c> and <c>model.weights.h5</c>, whose groups are named by the classes of the layers: keras-team/keras,
/// keras/src/saving/saving_lib.py.</summary>
internal static class KerasZipForm
{
    private const string Version = "3.5.0";

    /// <summary>Writes the model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    public static void Write(string path, KerasModel model)
    {
        using var weights = new MemoryStream();
        Weights(model).Write(weights);
        AtomicFile.Write(path, stream =>
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            Add(zip, "metadata.json", new JsonObject { ["keras_version"] = Version, [ModelNotes.Key] = model.Notes() });
            Add(zip, "config.json", model.Topology().Keras3());
            using var entry = zip.CreateEntry("model.weights.h5", CompressionLevel.NoCompression).Open();
            weights.WriteTo(entry);
        });
    }

    /// <summary>A group for each layer, with or without weights: its class in snake case, numbered through the model.</summary>
    private static H5File Weights(KerasModel model)
    {
        var weights = model.Weighted().ToDictionary(layer => layer.Layer.Name, layer => layer.Tensors);
        var members = new H5Group();
        Dictionary<string, int> used = [];
        foreach (var kerasClass in model.Network.Layers.Select(layer => (layer.Name, layer.KerasClass)).Append((KerasTopology.Output, "Activation")))
        {
            var stem = Snake(kerasClass.Item2);
            int number = used.GetValueOrDefault(stem);
            used[stem] = number + 1;
            var values = new H5Group();
            foreach (var (i, tensor) in weights.GetValueOrDefault(kerasClass.Item1, []).Index()) values[i.ToString(CultureInfo.InvariantCulture)] = KerasH5Form.Dataset(tensor);
            // Newer versions of Keras tell the layer's name here.
            values.Attributes["name"] = kerasClass.Item1;
            members[number == 0 ? stem : string.Create(CultureInfo.InvariantCulture, $"{stem}_{number}")] = new H5Group { ["vars"] = values };
        }
        return new H5File { ["vars"] = new H5Group(), ["layers"] = members };
    }

    // Conv2D is conv2d, GlobalAveragePooling2D global_average_pooling2d: keras/src/utils/naming.py.
    private static string Snake(string name)
    {
        var parted = string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) && char.IsLower(name[i - 1]) ? $"_{letter}" : $"{letter}"));
        return parted.ToLowerInvariant();
    }

    private static void Add(ZipArchive zip, string name, JsonObject json)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(json.ToJsonString());
    }
}
