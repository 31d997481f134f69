using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Weights.Keras;
using PureHDF;

namespace Gyrus.Learning.Weights;

/// <summary>A network that Keras or TensorFlow.js keeps: its layers and their weights.</summary>
/// <param name="Graph">The layers, a softmax at the end left out, and a sigmoid of one number.</param>
/// <param name="Tensors">Their weights.</param>
/// <param name="BatchNormEpsilon">The number under batch norm's root; unused where there is none.</param>
/// <param name="InputSize">Width and height of its input in pixels; 0 where any size goes.</param>
internal sealed record KerasModelFile(LayerGraph Graph, TensorTable Tensors, double BatchNormEpsilon, int InputSize)
{
    /// <summary>Reads a model.</summary>
    /// <param name="path">A <c>.keras</c> file, a whole model as <c>.h5</c>, or a TensorFlow.js layers folder.</param>
    /// <exception cref="GyrusException">It cannot be read, has no configuration, or a layer that is not known.</exception>
    public static KerasModelFile Read(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(Config(path));
            var model = json.RootElement.TryGetProperty("modelTopology", out var topology)
                ? topology.TryGetProperty("model_config", out var inner) ? inner : topology : json.RootElement;
            var read = KerasGraph.Read(model);
            List<NamedTensor> tensors = [.. read.Constants];
            double epsilon = 1e-3;
            // A model inside another has a place of its own in the file.
            foreach (var part in read.Parts.Where(part => part.Any(layer => layer.Variables.Count > 0)))
            {
                var weights = KerasWeights.Load(path, new Backbone("this model", 0, default, 0, "", new LayerGraph(part)));
                tensors.AddRange(weights.Tensors.Tensors);
                if (part.Any(layer => layer is BatchNormalisation)) epsilon = weights.BatchNormEpsilon;
            }
            return new(read.Graph, new TensorTable(tensors), epsilon, read.InputSize);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new GyrusException($"{path}: this model cannot be read: {e.Message.TrimEnd('.')}. Save it with Keras as a whole, as .keras or .h5, or as an ONNX file.", e);
        }
    }

    private static byte[] Config(string path)
    {
        if (Directory.Exists(path)) return File.ReadAllBytes(Path.Combine(path, "model.json"));
        if (Path.GetExtension(path) == ".json") return File.ReadAllBytes(path);
        using var file = File.OpenRead(path);
        if (file.ReadByte() == 'P')
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            using var entry = (zip.GetEntry("config.json") ?? throw new InvalidDataException("it has no config.json")).Open();
            using var memory = new MemoryStream();
            entry.CopyTo(memory);
            return memory.ToArray();
        }
        file.Position = 0;
        return Hdf5(file);
    }

    private static byte[] Hdf5(Stream stream)
    {
        try
        {
            using var file = H5File.Open(stream, leaveOpen: true);
            return !file.AttributeExists("model_config") ? throw new InvalidDataException("it holds weights alone, and does not say of which layers")
                : Encoding.UTF8.GetBytes(file.Attribute("model_config").Read<string>());
        }
        catch (Exception e) when (e is not InvalidDataException)
        {
            // PureHDF answers damaged files with exceptions of many types.
            throw new InvalidDataException(e.Message, e);
        }
    }
}
