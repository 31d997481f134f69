using Gyrus.Learning.Tensors;
using PureHDF;

namespace Gyrus.Learning.Export.Keras;

/// <summary>The HDF5 file of Keras before 3, configuration and weights in one: keras-team/keras, keras/src/legacy/saving/legacy_h5_format.py.</summary>
internal static class KerasH5Form
{
    /// <summary>The Keras whose layout it has.</summary>
    public const string Version = "2.15.0";

    /// <summary>Writes the model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    public static void Write(string path, KerasModel model)
    {
        var weights = new H5Group();
        foreach (var (layer, tensors) in model.Weighted())
        {
            var values = new H5Group();
            foreach (var tensor in tensors) values[$"{tensor.Name[(layer.Name.Length + 1)..]}:0"] = Dataset(tensor);
            var group = new H5Group { [layer.Name] = values };
            group.Attributes["weight_names"] = tensors.Select(tensor => tensor.Name + ":0").ToArray();
            weights[layer.Name] = group;
        }
        weights.Attributes["layer_names"] = model.Weighted().Select(layer => layer.Layer.Name).ToArray();
        weights.Attributes["backend"] = "tensorflow";
        weights.Attributes["keras_version"] = Version;
        var file = new H5File { ["model_weights"] = weights };
        file.Attributes["model_config"] = model.Topology().Keras2().ToJsonString();
        file.Attributes["backend"] = "tensorflow";
        file.Attributes["keras_version"] = Version;
        file.Attributes[ModelNotes.Key] = model.Notes().ToJsonString();
        // Written to and fro, which a file that takes another's place is not.
        using var memory = new MemoryStream();
        file.Write(memory);
        AtomicFile.Write(path, memory.WriteTo);
    }

    /// <summary>A weight as a data set.</summary>
    internal static H5Dataset Dataset(NamedTensor tensor) => new(tensor.Values, fileDims: [.. tensor.Shape.Select(size => (ulong)size)]);
}
