using System.IO.Compression;
using System.Text.Json;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Weights.Keras;

namespace Gyrus.Learning.Weights;

/// <summary>Loads a backbone's weights from whatever file a person has.</summary>
public static class KerasWeights
{
    private const int HeadBytes = 16;

    /// <summary>
    /// Loads weights. What the file is, is seen from its content: a TF.js layers folder or its <c>model.json</c>, a
    /// <c>.keras</c> file, an HDF5 file of any Keras version (whole model or weights alone), an ONNX file of the same network, or Gyrus's own
    /// safetensors. Layers that are not the backbone's, such as a top or a head, are left out.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="backbone">The backbone that the weights must be of.</param>
    /// <exception cref="GyrusException">The path is missing, of no known format, damaged, or holds other weights than
    /// the backbone's; the message names path and tensors.</exception>
    public static BackboneWeights Load(string path, Backbone backbone)
    {
        if (Directory.Exists(path)) return TfjsLayers.Load(path, backbone);
        if (!File.Exists(path))
        {
            throw new GyrusException(
                $"{path}: there is no such file or folder. Give the path of a backbone's weights.");
        }
        return Head(path) switch
        {
            [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => LoadH5(path, backbone),
            [(byte)'P', (byte)'K', 3, 4, ..] => LoadZip(path, backbone),
            [_, _, _, _, _, _, 0, 0, (byte)'{', ..] => BackboneFile.Read(path, backbone),
            [(byte)'{', ..] => TfjsLayers.Load(path, backbone),
            // ModelProto begins with its ir_version: field 1, a number.
            [0x08, _, ..] => OnnxBackbone.Load(path, backbone),
            _ => throw new GyrusException($"{path}: this is no file of weights that Gyrus knows. Give Keras's .h5, "
                + ".weights.h5 or .keras, a TF.js layers folder with its model.json, an ONNX file, or Gyrus's own .safetensors."),
        };
    }

    private static byte[] Head(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var head = new byte[HeadBytes];
            return head[..file.ReadAtLeast(head, HeadBytes, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, e);
        }
    }

    private static BackboneWeights LoadH5(string path, Backbone backbone)
    {
        using var file = File.OpenRead(path);
        return KerasH5.Load(file, config: null, backbone, path);
    }

    /// <summary>A <c>.keras</c> file: a zip with <c>config.json</c> and <c>model.weights.h5</c>.</summary>
    private static BackboneWeights LoadZip(string path, Backbone backbone)
    {
        try
        {
            using var zip = ZipFile.OpenRead(path);
            using var description = Entry(zip, "config.json").Open();
            using var json = JsonDocument.Parse(description);
            var config = KerasConfig.Parse(json.RootElement);

            // HDF5 needs a stream that can be wound back, and the weights may be larger than memory is free.
            using var copy = new FileStream(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite,
                FileShare.None, bufferSize: 1 << 16, FileOptions.DeleteOnClose);
            using (var weights = Entry(zip, "model.weights.h5").Open()) weights.CopyTo(copy);
            return KerasH5.Load(copy, config, backbone, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException
            or JsonException or InvalidOperationException)
        {
            throw Unreadable(path, e);
        }
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name) =>
        zip.GetEntry(name) ?? throw new InvalidDataException($"as a .keras file it must have {name}, and has none");

    private static GyrusException Unreadable(string path, Exception e) =>
        new($"{path}: this file cannot be read: {e.Message.TrimEnd('.')}. Fetch it again.", e);
}
