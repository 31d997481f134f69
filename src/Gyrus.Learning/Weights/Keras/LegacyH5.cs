using System.Globalization;
using PureHDF;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>
/// Keras's HDF5 layout from version 1 on, still written for <c>.h5</c>: attribute <c>layer_names</c>, a group for each
/// layer, in it the attribute <c>weight_names</c> and the data sets that it names. A model in a model is one such
/// group, with the weights of all its layers. Source: keras-team/keras, keras/src/legacy/saving/legacy_h5_format.py.
/// </summary>
internal static class LegacyH5
{
    private const string LayerNamesKey = "layer_names";
    private const string WeightNamesKey = "weight_names";

    /// <summary>Whether a file's weights are laid out in this way.</summary>
    public static bool IsLegacy(IH5Group weights) =>
        weights.AttributeExists(LayerNamesKey) || weights.AttributeExists(LayerNamesKey + "0");

    /// <summary>The layers of a file.</summary>
    public static List<StoredLayer> Layers(IH5Group weights)
    {
        var layers = new List<StoredLayer>();
        foreach (var name in Strings(weights, LayerNamesKey))
        {
            var group = weights.Group(name);
            var variables = Strings(group, WeightNamesKey)
                .Select(weight => (VariableName.Split(weight).Layer, Stored: Variable(group, weight)))
                .ToArray();
            var inner = variables.GroupBy(variable => variable.Layer).ToArray();

            // Only a model has weights under several layers' names; a layer's own name is the group's, since TensorFlow
            // may have made another one of it for the weights.
            layers.AddRange(inner.Select(layer => new StoredLayer(
                inner.Length > 1 ? name : "",
                inner.Length > 1 ? layer.Key : name,
                [.. layer.Select(variable => variable.Stored)])));
        }
        return layers;
    }

    private static StoredVariable Variable(IH5Group group, string weight) =>
        H5Variable.Of(VariableName.Split(weight).Variable, group.Dataset(weight));

    /// <summary>A list of strings, which Keras cuts into numbered attributes where it is above 64 KB.</summary>
    private static IEnumerable<string> Strings(IH5Group group, string name)
    {
        if (group.AttributeExists(name)) return Read(group.Attribute(name));
        return Enumerable.Range(0, int.MaxValue)
            .Select(part => name + part.ToString(CultureInfo.InvariantCulture))
            .TakeWhile(group.AttributeExists)
            .SelectMany(part => Read(group.Attribute(part)));
    }

    /// <summary>The list of a layer without weights is empty, and h5py gives it the type of a number.</summary>
    private static string[] Read(IH5Attribute attribute) =>
        attribute.Space.Type == H5DataspaceType.Null || attribute.Space.Dimensions.Contains(0UL)
            ? [] : attribute.Read<string[]>();
}
