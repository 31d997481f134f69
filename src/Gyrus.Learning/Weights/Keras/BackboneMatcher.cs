using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>
/// Takes a backbone's weights out of the layers of a file and leaves the rest: tops, heads, other models.
/// </summary>
internal static class BackboneMatcher
{
    private const int Shown = 10;

    /// <summary>Finds and reads the weights of a backbone.</summary>
    /// <param name="stored">The file's layers.</param>
    /// <param name="backbone">The backbone.</param>
    /// <param name="source">The file, for messages and for <see cref="BackboneWeights.Source"/>.</param>
    /// <exception cref="GyrusException">Tensors are missing, twice there or of another shape; the message names
    /// them.</exception>
    public static BackboneWeights Match(IReadOnlyList<StoredLayer> stored, Backbone backbone, string source)
    {
        var wanted = backbone.Graph.Layers.Where(layer => layer.Variables.Count > 0).ToArray();
        var found = BestScope(backbone, wanted, stored);
        var faults = new List<string>();
        var reads = new List<(LayerVariable Variable, StoredVariable From)>();
        foreach (var layer in wanted)
        {
            var layers = found[layer.Name].ToArray();
            if (layers.Length == 1) Pair(layer, layers[0], reads, faults);
            else if (layers.Length > 1) faults.Add($"{layer.Name} is there {layers.Length} times");
            else faults.AddRange(layer.Variables.Select(variable => $"missing {variable.Name}"));
        }
        if (faults.Count > 0) throw Mismatch(backbone, source, faults, found.Count);
        double epsilon = Epsilon(backbone, wanted, found, source);
        return new BackboneWeights(
            backbone.Name,
            new TensorTable(reads.Select(
                pair => new NamedTensor(pair.Variable.Name, pair.Variable.Shape, pair.From.Read()))),
            epsilon,
            source);
    }

    /// <summary>A file may hold models in models: the one that has the most of the backbone's layers counts.</summary>
    private static ILookup<string, StoredLayer> BestScope(
        Backbone backbone, Layer[] wanted, IReadOnlyList<StoredLayer> stored) =>
        stored.GroupBy(layer => layer.Scope)
            .Select(scope => LayerNames.Find(backbone, wanted, [.. scope]))
            .MaxBy(found => found.Count)
        ?? Array.Empty<StoredLayer>().ToLookup(layer => layer.Name);

    private static void Pair(
        Layer layer, StoredLayer found, List<(LayerVariable, StoredVariable)> reads, List<string> faults)
    {
        // By name where the file names all, else by Keras's order.
        bool named = found.Variables.All(variable => variable.Name.Length > 0);
        foreach (var (index, variable) in layer.Variables.Index())
        {
            var from = named
                ? found.Variables.FirstOrDefault(stored => variable.Name == layer.VariableName(Current(layer, stored.Name)))
                : found.Variables.ElementAtOrDefault(index);
            if (from is null)
            {
                faults.Add($"missing {variable.Name}");
            }
            else if (!from.Shape.SequenceEqual(variable.Shape))
            {
                faults.Add($"{variable.Name} is [{string.Join(", ", from.Shape)}], "
                    + $"not [{string.Join(", ", variable.Shape)}]");
            }
            else
            {
                reads.Add((variable, from));
            }
        }
        // How many values a Normalization has seen is nothing that it computes with.
        int extra = found.Variables.Count - layer.Variables.Count - (layer is Standardisation ? 1 : 0);
        if (extra > 0) faults.Add($"{layer.Name} has {extra} tensors too many");
    }

    // Keras 3 calls it as the kernel of any convolution.
    private static string Current(Layer layer, string variable) => layer is DepthwiseConvolution && variable == "kernel" ? "depthwise_kernel" : variable;

    private static GyrusException Mismatch(Backbone backbone, string source, List<string> faults, int layersFound)
    {
        var rest = faults.Count > Shown ? $" and {faults.Count - Shown} more" : "";
        var what = layersFound == 0 ? "no layer of it is there" : "something is wrong with its tensors";
        return new GyrusException($"{source}: these are not the weights of {backbone.Name}, {what}: "
            + string.Join("; ", faults.Take(Shown)) + rest + ". Give the weights of the backbone that you name.");
    }

    private static double Epsilon(
        Backbone backbone, Layer[] wanted, ILookup<string, StoredLayer> found, string source)
    {
        var norms = wanted.OfType<BatchNormalisation>().Select(layer => found[layer.Name].Single()).ToArray();
        var told = norms.Select(layer => layer.Epsilon).OfType<double>().Distinct().ToArray();
        if (told.Length > 1)
        {
            throw new GyrusException($"{source}: the batch norms of {backbone.Name} have different epsilons "
                + $"({string.Join(", ", told.Select(value => FormattableString.Invariant($"{value}")))}). "
                + "Gyrus can only use weights that have one.");
        }
        return told.Length == 1 ? told[0] : UsualEpsilon(backbone, wanted, found);
    }

    /// <summary>Keras's value, where a file of bare weights does not tell it.</summary>
    private static double UsualEpsilon(Backbone backbone, Layer[] wanted, ILookup<string, StoredLayer> found) =>
        backbone.OldNames is { } names
            && wanted.Any(layer => found[layer.Name].Single().Name is var name && names.Current(name) != name)
            ? names.BatchNormEpsilon : backbone.BatchNormEpsilon;
}
