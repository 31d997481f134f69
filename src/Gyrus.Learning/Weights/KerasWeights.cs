using Gyrus.Learning.Backbones;

namespace Gyrus.Learning.Weights;

/// <summary>Loads a backbone's weights from whatever file a person has.</summary>
public static class KerasWeights
{
    /// <summary>
    /// Loads weights; what the file is, is seen from its content: a TF.js layers folder or its <c>model.json</c>.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="backbone">The backbone that the weights must be of.</param>
    /// <exception cref="GyrusException">The path is missing, of no known format, damaged, or holds other weights than
    /// the backbone's; the message names path and tensors.</exception>
    public static BackboneWeights Load(string path, Backbone backbone) => TfjsLayers.Load(path, backbone);
}
