using System.Text.Json.Nodes;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Export.Keras;

/// <summary>
/// A network as Keras's functional model, images last-channel, with a softmax behind the logits: Keras's users expect probabilities. Names are those of the layers.
/// Sources: keras-team/keras, keras/src/models/functional.py and keras/src/legacy/saving.
/// </summary>
/// <param name="network">The network, dropout taken out and batch norm folded.</param>
/// <param name="inputSize">Width and height of its input in pixels.</param>
/// <param name="name">The model's name.</param>
internal sealed class KerasTopology(LayerGraph network, int inputSize, string name)
{
    /// <summary>The layer of the probabilities.</summary>
    public const string Output = "probabilities";

    private const string Type = "float32";

    private readonly IReadOnlyDictionary<string, LayerShape> _shapes = network.Shapes(inputSize);
    private readonly HashSet<string> _pooled = Pooled(network);

    /// <summary>The layers that Keras is to know, in order.</summary>
    public IReadOnlyList<Layer> Layers => network.Layers;

    /// <summary>The configuration that Keras 2 and TensorFlow.js read: <c>model_config</c>.</summary>
    public JsonObject Keras2() => new()
    {
        ["class_name"] = "Functional",
        ["config"] = Functional(
            layer => layer.Inputs.Count == 0 ? [] : [new JsonArray([.. layer.Inputs.Select(from => (JsonNode)new JsonArray(from, 0, 0, new JsonObject()))])],
            new JsonArray([.. new[] { new JsonArray(new JsonArray(network.Output, 0, 0, new JsonObject())) }]),
            input => new() { ["batch_input_shape"] = Shape(network.Input), ["dtype"] = Type, ["sparse"] = false, ["ragged"] = false, ["name"] = input },
            isKeras3: false),
    };

    /// <summary>The configuration that Keras 3 reads: <c>config.json</c> of a <c>.keras</c> file.</summary>
    public JsonObject Keras3() => new()
    {
        ["module"] = "keras.src.models.functional",
        ["class_name"] = "Functional",
        ["config"] = Functional(
            layer => layer.Inputs.Count == 0 ? [] : [Call([.. layer.Inputs])],
            new JsonArray(Call([network.Output])),
            input => new() { ["batch_shape"] = Shape(network.Input), ["dtype"] = Type, ["sparse"] = false, ["name"] = input },
            isKeras3: true),
        ["registered_name"] = "Functional",
        ["build_config"] = new JsonObject { ["input_shape"] = null },
    };

    private JsonObject Functional(Func<Layer, JsonArray> nodes, JsonArray outputNodes, Func<string, JsonObject> input, bool isKeras3)
    {
        List<JsonObject> layers = [];
        foreach (var layer in network.Layers)
        {
            var arguments = layer is Input ? input(layer.Name) : layer.KerasArguments();
            layers.Add(Entry(layer.Name, layer.KerasClass, arguments, nodes(layer), isKeras3));
        }
        layers.Add(Entry(Output, "Activation", new() { ["activation"] = "softmax" }, outputNodes, isKeras3));
        return new()
        {
            ["name"] = name,
            ["trainable"] = true,
            ["layers"] = new JsonArray([.. layers]),
            ["input_layers"] = new JsonArray(new JsonArray(network.Input, 0, 0)),
            ["output_layers"] = new JsonArray(new JsonArray(Output, 0, 0)),
        };
    }

    private static JsonObject Entry(string name, string kerasClass, JsonObject arguments, JsonArray nodes, bool isKeras3)
    {
        arguments["name"] = name;
        if (kerasClass != "InputLayer")
        {
            arguments["trainable"] = true;
            arguments["dtype"] = Type;
        }
        JsonObject entry = new() { ["class_name"] = kerasClass, ["config"] = arguments, ["name"] = name, ["inbound_nodes"] = nodes };
        if (!isKeras3) return entry;
        entry["module"] = "keras.layers";
        entry["registered_name"] = null;
        return entry;
    }

    /// <summary>Keras 3's account of a layer that is called: one tensor, or a list of them.</summary>
    private JsonObject Call(string[] from)
    {
        JsonNode[] tensors = [.. from.Select(layer => new JsonObject
        {
            ["class_name"] = "__keras_tensor__",
            ["config"] = new JsonObject { ["shape"] = Shape(layer), ["dtype"] = Type, ["keras_history"] = new JsonArray(layer, 0, 0) },
        })];
        return new() { ["args"] = new JsonArray(tensors.Length == 1 ? tensors[0] : new JsonArray(tensors)), ["kwargs"] = new JsonObject() };
    }

    private JsonArray Shape(string layer)
    {
        var shape = _shapes[layer];
        return _pooled.Contains(layer) ? new JsonArray(null, shape.Channels) : new JsonArray(null, shape.Height, shape.Width, shape.Channels);
    }

    /// <summary>The layers whose output has no place any more: the mean over all places, and what is behind it.</summary>
    private static HashSet<string> Pooled(LayerGraph network)
    {
        HashSet<string> pooled = [];
        foreach (var layer in network.Layers)
        {
            if (layer is GlobalAveragePooling || layer.Inputs.Any(pooled.Contains)) pooled.Add(layer.Name);
        }
        return pooled;
    }
}
