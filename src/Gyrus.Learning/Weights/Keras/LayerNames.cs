using System.Globalization;
using System.Text.RegularExpressions;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>Finds a network's layers in a file under the names that Keras has given them over the years.</summary>
internal static partial class LayerNames
{
    /// <summary>Pairs the names of a network's layers with a file's layers.</summary>
    /// <param name="backbone">The network.</param>
    /// <param name="wanted">Its layers that have weights, in the network's order.</param>
    /// <param name="stored">The layers of one model in the file.</param>
    /// <returns>The layers found, by the network's name; several where the file has a name twice.</returns>
    public static ILookup<string, StoredLayer> Find(
        Backbone backbone, IReadOnlyList<Layer> wanted, IReadOnlyList<StoredLayer> stored)
    {
        var numbered = wanted.Where(layer => IsAutomatic(layer.Name)).ToArray();
        var named = wanted.Except(numbered).Select(layer => layer.Name).ToHashSet();
        return stored
            .Select(layer => (Name: Current(backbone, layer.Name), Layer: layer))
            .Where(pair => named.Contains(pair.Name))
            .Concat(numbered.GroupBy(layer => layer.KerasClass).SelectMany(kind => FindNumbered([.. kind], stored)))
            .ToLookup(pair => pair.Name, pair => pair.Layer);
    }

    /// <summary>The name that Keras gives to a backbone's layer now, for a name in a file.</summary>
    public static string Current(Backbone backbone, string name) => backbone.OldNames?.Current(name) ?? name;

    /// <summary>Whether a name is one that Keras gives and numbers by itself.</summary>
    public static bool IsAutomatic(string name) => AutoNumber(name) is not null;

    /// <summary>
    /// Keras numbers nameless layers through a whole session, so that Xception's four residual convolutions may be
    /// <c>conv2d_4</c> to <c>conv2d_7</c>, with layers of a head before or behind them. They are the neighbours by
    /// number that have the right shapes.
    /// </summary>
    private static IEnumerable<(string Name, StoredLayer Layer)> FindNumbered(
        Layer[] wanted, IReadOnlyList<StoredLayer> stored)
    {
        var stems = Stems(AutoNumber(wanted[0].Name)!.Value.Stem);
        var candidates = stored
            .Select(layer => (Layer: layer, Auto: AutoNumber(layer.Name)))
            .Where(pair => pair.Auto is { } auto && stems.Contains(auto.Stem))
            .OrderBy(pair => pair.Auto!.Value.Number)
            .Select(pair => pair.Layer)
            .ToArray();
        var runs = Enumerable.Range(0, Math.Max(0, candidates.Length - wanted.Length + 1))
            .Where(start => wanted.Index().All(item => FirstShapesEqual(item.Item, candidates[start + item.Index])))
            .ToArray();

        // Without a run of the right shapes, the check of shapes that follows has the most to say of the first ones.
        if (runs.Length == 0) runs = [0];
        return runs.SelectMany(start => wanted.Zip(candidates.Skip(start), (layer, found) => (layer.Name, found)));
    }

    private static bool FirstShapesEqual(Layer wanted, StoredLayer found) =>
        found.Variables.Count > 0 && wanted.Variables[0].Shape.SequenceEqual(found.Variables[0].Shape);

    /// <summary>A stem of automatic names and how Keras 1 wrote it.</summary>
    private static string[] Stems(string stem) => stem switch
    {
        "conv2d" => ["conv2d", "convolution2d"],
        "batch_normalization" => ["batch_normalization", "batchnormalization"],
        _ => [stem],
    };

    /// <summary>The parts of a name that Keras made by itself, or null for any other name.</summary>
    private static (string Stem, int Number)? AutoNumber(string name)
    {
        var match = AutomaticName().Match(name);
        if (!match.Success) return null;
        var digits = match.Groups["number"];
        return (match.Groups["stem"].Value, digits.Success ? int.Parse(digits.Value, CultureInfo.InvariantCulture) : 0);
    }

    [GeneratedRegex("^(?<stem>conv2d|convolution2d|batch_normalization|batchnormalization)(_(?<number>[0-9]{1,9}))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex AutomaticName();
}
