using Gyrus.Learning.Backbones;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>A layer as a test writes it to a file.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="KerasClass">Its class.</param>
/// <param name="Tensors">Its weights, under the network's names.</param>
internal sealed record FileLayer(string Name, string KerasClass, NamedTensor[] Tensors)
{
    public static string Variable(NamedTensor tensor) => tensor.Name[(tensor.Name.LastIndexOf('/') + 1)..];
}

/// <summary>Generated weights as layers of a file.</summary>
internal static class FileLayers
{
    public static FileLayer[] Of(Backbone backbone, Func<string, string>? rename = null)
    {
        var tensors = GeneratedWeights.For(backbone).Tensors;
        return
        [
            .. backbone.Graph.Layers.Where(layer => layer.Variables.Count > 0).Select(layer => new FileLayer(
                rename?.Invoke(layer.Name) ?? layer.Name,
                layer.KerasClass,
                [.. layer.Variables.Select(variable => tensors[variable.Name])])),
        ];
    }
}
