using System.Globalization;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Weights;

/// <summary>A backbone's weights in Gyrus's own file: safetensors with notes on what they are.</summary>
internal static class BackboneFile
{
    private const string BackboneKey = "backbone";
    private const string EpsilonKey = "batch_norm_epsilon";
    private const string SourceKey = "source";
    private const string HashKey = "sha256";
    private const string LicenceKey = "licence";

    /// <summary>Writes weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="licence">What is known of their licence.</param>
    public static void Write(string path, BackboneWeights weights, string licence) =>
        SafeTensors.Write(path, weights.Tensors.Tensors, new Dictionary<string, string>
        {
            [BackboneKey] = weights.Backbone,
            [EpsilonKey] = weights.BatchNormEpsilon.ToString("R", CultureInfo.InvariantCulture),
            [SourceKey] = weights.Source,
            [HashKey] = weights.Hash(),
            [LicenceKey] = licence,
        });

    /// <summary>What a file says of itself, without reading its tensors.</summary>
    /// <exception cref="GyrusException">The file is damaged or without notes.</exception>
    public static Notes ReadNotes(string path)
    {
        var notes = SafeTensors.ReadMetadata(path);
        if (notes.TryGetValue(EpsilonKey, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double epsilon)
            && notes.TryGetValue(BackboneKey, out var backbone)
            && notes.TryGetValue(SourceKey, out var source)
            && notes.TryGetValue(HashKey, out var hash))
        {
            return new Notes(backbone, epsilon, source, hash, notes.GetValueOrDefault(LicenceKey, "unknown"));
        }
        throw new GyrusException($"{path}: this safetensors file was not made by Gyrus: its notes must have "
            + $"{BackboneKey}, {EpsilonKey}, {SourceKey} and {HashKey}. Give the Keras file instead.");
    }

    /// <summary>Reads weights and checks that they are whole.</summary>
    /// <exception cref="GyrusException">The file is damaged, without notes, or of another backbone.</exception>
    public static BackboneWeights Read(string path, Backbone backbone)
    {
        var notes = ReadNotes(path);
        if (notes.Backbone != backbone.Name)
        {
            throw new GyrusException($"{path}: these are the weights of {notes.Backbone}, not of {backbone.Name}. "
                + "Give the weights of the backbone that you name.");
        }
        var tensors = SafeTensors.Read(path).Tensors;
        backbone.Graph.Require(tensors, path);
        var weights = new BackboneWeights(notes.Backbone, tensors, notes.Epsilon, notes.Source);
        if (weights.Hash() != notes.Hash)
        {
            throw new GyrusException($"{path}: these weights have been changed: their hash is not the one noted in the "
                + "file. Add or fetch them again.");
        }
        return weights;
    }

    /// <summary>A file's notes.</summary>
    public sealed record Notes(string Backbone, double Epsilon, string Source, string Hash, string Licence);
}
