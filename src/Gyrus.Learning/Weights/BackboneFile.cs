using System.Globalization;
using Gyrus.Learning.Backbones;

namespace Gyrus.Learning.Weights;

/// <summary>A backbone's weights in Gyrus's own file: safetensors with notes on what they are.</summary>
internal static class BackboneFile
{
    private const string BackboneKey = "backbone";
    private const string EpsilonKey = "batch_norm_epsilon";
    private const string SourceKey = "source";
    private const string HashKey = "sha256";
    private const string LicenceKey = "licence";

    /// <summary>
    /// What binds a person who uses them, as far as it is known: the backbones' weights were trained on ImageNet.
    /// </summary>
    private const string LicenceNote =
        "The licence is that of the source. Weights trained on ImageNet: see also https://image-net.org/download.php.";

    /// <summary>Writes weights.</summary>
    public static void Write(string path, BackboneWeights weights) =>
        SafeTensors.Write(path, weights.Tensors.Tensors, new Dictionary<string, string>
        {
            [BackboneKey] = weights.Backbone,
            [EpsilonKey] = weights.BatchNormEpsilon.ToString("R", CultureInfo.InvariantCulture),
            [SourceKey] = weights.Source,
            [HashKey] = weights.Hash(),
            [LicenceKey] = LicenceNote,
        });

    /// <summary>Reads weights and checks that they are whole.</summary>
    /// <exception cref="GyrusException">The file is damaged, without notes, or of another backbone.</exception>
    public static BackboneWeights Read(string path, Backbone backbone)
    {
        var (tensors, notes) = SafeTensors.Read(path);
        if (!notes.TryGetValue(EpsilonKey, out var text)
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double epsilon)
            || !notes.TryGetValue(BackboneKey, out var name)
            || !notes.TryGetValue(SourceKey, out var source)
            || !notes.TryGetValue(HashKey, out var hash))
        {
            throw new GyrusException($"{path}: this safetensors file was not made by Gyrus: its notes must have "
                + $"{BackboneKey}, {EpsilonKey}, {SourceKey} and {HashKey}. Give the Keras file instead.");
        }
        if (name != backbone.Name)
            throw new GyrusException($"{path}: these are the weights of {name}, not of {backbone.Name}.");
        tensors.Require(backbone.Graph, path);
        var weights = new BackboneWeights(name, tensors, epsilon, source);
        if (weights.Hash() != hash)
        {
            throw new GyrusException($"{path}: these weights have been changed: their hash is not the one noted in the "
                + "file. Add or fetch them again.");
        }
        return weights;
    }
}
