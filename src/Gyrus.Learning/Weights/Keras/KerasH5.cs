using System.Text.Json;
using Gyrus.Learning.Backbones;
using PureHDF;
using PureHDF.VOL.Native;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>Reads Keras's HDF5 files, of which there are two layouts.</summary>
internal static class KerasH5
{
    /// <summary>Loads a backbone's weights from an HDF5 file.</summary>
    /// <param name="stream">The file; it must be seekable.</param>
    /// <param name="config">The model's description where it stands elsewhere; null to look for it in the file.</param>
    /// <param name="backbone">The backbone.</param>
    /// <param name="source">The file, for messages.</param>
    /// <exception cref="GyrusException">The file is damaged or holds other weights.</exception>
    public static BackboneWeights Load(Stream stream, KerasConfig? config, Backbone backbone, string source)
    {
        try
        {
            using var file = H5File.Open(stream, leaveOpen: true);
            config ??= WholeModelConfig(file);
            return BackboneMatcher.Match(Layers(file, config, backbone), backbone, source);
        }
        catch (Exception e) when (e is not GyrusException)
        {
            // PureHDF answers damaged files with exceptions of many types, IndexOutOfRange among them.
            throw new GyrusException($"{source}: this HDF5 file cannot be read: {e.Message.TrimEnd('.')}. "
                + "It may be cut short: fetch it again; or save it anew with Keras, without options.", e);
        }
    }

    private static List<StoredLayer> Layers(NativeFile file, KerasConfig? config, Backbone backbone)
    {
        IH5Group weights = file.LinkExists("model_weights") ? file.Group("model_weights") : file;
        var layers = LegacyH5.IsLegacy(weights)
            ? LegacyH5.Layers(weights)
            : Keras3H5.Layers(weights, config, backbone);
        if (config is null) return layers;
        var epsilons = config.Epsilons();
        return
        [
            .. layers.Select(layer => layer with
            {
                Epsilon = epsilons.TryGetValue(layer.Name, out double epsilon) ? epsilon : null,
            }),
        ];
    }

    /// <summary>The topology that <c>model.save("x.h5")</c> puts beside the weights.</summary>
    private static KerasConfig? WholeModelConfig(NativeFile file)
    {
        if (!file.AttributeExists("model_config")) return null;
        using var json = JsonDocument.Parse(file.Attribute("model_config").Read<string>());
        return KerasConfig.Parse(json.RootElement);
    }
}
