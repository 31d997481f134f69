using System.Text.Json;
using System.Text.Json.Nodes;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;

namespace Gyrus.Learning.Export.Keras;

/// <summary>What a program must know to use a network without its package.</summary>
internal static class ModelNotes
{
    /// <summary>The name under which notes stand in a model's file.</summary>
    public const string Key = "gyrus";

    /// <summary>Labels in the order of the outputs, and how an image becomes the input, as JSON.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="preprocessing">How a scan becomes the input.</param>
    public static JsonObject Of(LabelSet labels, Preprocessing preprocessing)
    {
        var scaling = PixelScaling.Of(preprocessing.Normalisation);
        return new()
        {
            ["labels"] = new JsonArray([.. labels.Names.Select(name => (JsonNode)name)]),
            ["input"] = new JsonObject
            {
                ["size"] = preprocessing.Size,
                ["framing"] = JsonNamingPolicy.CamelCase.ConvertName(preprocessing.Framing.ToString()),
                ["kernel"] = JsonNamingPolicy.CamelCase.ConvertName(preprocessing.Kernel.ToString()),
                ["channels"] = scaling.BlueFirst ? "BGR" : "RGB",
                ["scaling"] = scaling.Words,
            },
        };
    }
}
