using System.Text.Json;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>Reads the layers of a network out of Keras's configuration of a functional model, as Keras 2, 3 and TensorFlow.js have it. A softmax at the end is left out.</summary>
internal sealed class KerasGraph
{
    private readonly List<Layer> _layers = [];
    private readonly Dictionary<string, int> _channels = [];

    // For the name of a layer that is left out or split, the one to take.
    private readonly Dictionary<string, string> _stands = [];

    /// <summary>Reads the layers.</summary>
    /// <param name="model">The configuration: an object with <c>class_name</c> and <c>config</c>.</param>
    /// <exception cref="InvalidDataException">It is no functional model, or has a layer that Gyrus does not know.</exception>
    public static LayerGraph Read(JsonElement model)
    {
        if (!model.TryGetProperty("config", out var config) || !config.TryGetProperty("layers", out var layers) || layers.ValueKind != JsonValueKind.Array)
            throw new InvalidDataException("it describes no functional model");
        var graph = new KerasGraph();
        foreach (var layer in layers.EnumerateArray()) graph.Add(layer);
        return new LayerGraph(graph._layers);
    }

    private void Add(JsonElement entry)
    {
        var kerasClass = entry.GetProperty("class_name").GetString()!;
        var config = entry.GetProperty("config");
        var name = config.GetProperty("name").GetString()!;
        string[] from = [.. Inputs(entry.GetProperty("inbound_nodes")).Select(input => _stands.GetValueOrDefault(input, input))];
        int Channels() => _channels[from[0]];
        void Put(Layer layer, int channels)
        {
            _layers.Add(layer);
            _channels[layer.Name] = channels;
        }
        switch (kerasClass)
        {
            case "InputLayer":
                Put(new Input(name), Shape(config)[^1]);
                break;
            case "ZeroPadding2D":
                Put(new ZeroPadding(name, from[0], Same(name, config.GetProperty("padding"))), Channels());
                break;
            case "Conv2D":
                Require(name, Same(name, config, "dilation_rate", 1) == 1, "a dilation");
                Require(name, !config.TryGetProperty("groups", out var groups) || groups.GetInt32() == 1, "groups");
                int filters = config.GetProperty("filters").GetInt32();
                Put(
                    new Convolution(
                        name, from[0], Channels(), filters, Same(name, config, "kernel_size"), Same(name, config, "strides"), Padding(config), config.GetProperty("use_bias").GetBoolean()),
                    filters);
                break;
            case "SeparableConv2D":
                Require(name, Same(name, config, "kernel_size") == SeparableConvolution.Kernel && Same(name, config, "strides") == 1 && Padding(config) == Gyrus.Learning.Layers.Padding.Same, "a window");
                int wide = config.GetProperty("filters").GetInt32();
                Put(new SeparableConvolution(name, from[0], Channels(), wide, config.GetProperty("use_bias").GetBoolean()), wide);
                break;
            case "MaxPooling2D":
                Require(name, Same(name, config, "pool_size") == MaxPooling.Size && Same(name, config, "strides") == MaxPooling.Stride, "a window");
                Put(new MaxPooling(name, from[0], Padding(config)), Channels());
                break;
            case "BatchNormalization":
                Put(new BatchNormalisation(name, from[0], Channels()), Channels());
                break;
            case "ReLU" or "Activation" when kerasClass == "ReLU" || Activation(config) == "relu":
                Put(new Relu(name, from[0]), Channels());
                return;
            case "Softmax" or "Activation" when kerasClass == "Softmax" || Activation(config) is "softmax" or "linear":
                _stands[name] = from[0];
                return;
            case "Add":
                Put(new Add(name, from[0], from[1]), Channels());
                break;
            case "GlobalAveragePooling2D":
                Put(new GlobalAveragePooling(name, from[0]), Channels());
                break;
            case "Dropout":
                Put(new Dropout(name, from[0], config.GetProperty("rate").GetDouble()), Channels());
                break;
            case "Dense":
                int units = config.GetProperty("units").GetInt32();
                Put(new Dense(name, from[0], Channels(), units), units);
                break;
            default:
                throw new InvalidDataException($"its layer {name} is a {kerasClass}, which is not known");
        }
        if (!config.TryGetProperty("activation", out var activation) || activation.GetString() is "linear" or "softmax") return;
        Require(name, activation.GetString() == "relu", "an activation");
        Put(new Relu(name + "_relu", name), _channels[name]);
        _stands[name] = name + "_relu";
    }

    /// <summary>The names in a layer's first call: Keras 3 has objects with <c>args</c>, older ones lists.</summary>
    private static IEnumerable<string> Inputs(JsonElement nodes)
    {
        if (nodes.GetArrayLength() == 0) return [];
        var node = nodes[0];
        return node.ValueKind == JsonValueKind.Array ? node.EnumerateArray().Select(input => input[0].GetString()!)
            : node.GetProperty("args").EnumerateArray().SelectMany(Tensors).Select(tensor => tensor.GetProperty("config").GetProperty("keras_history")[0].GetString()!);
    }

    private static IEnumerable<JsonElement> Tensors(JsonElement argument) => argument.ValueKind == JsonValueKind.Array ? argument.EnumerateArray().SelectMany(Tensors) : [argument];

    private static int[] Shape(JsonElement config)
    {
        var shape = config.TryGetProperty("batch_shape", out var now) ? now : config.GetProperty("batch_input_shape");
        return [.. shape.EnumerateArray().Select(size => size.ValueKind == JsonValueKind.Null ? 0 : size.GetInt32())];
    }

    private static string? Activation(JsonElement config) => config.TryGetProperty("activation", out var activation) ? activation.GetString() : null;

    private static Padding Padding(JsonElement config) => config.GetProperty("padding").GetString() == "same" ? Layers.Padding.Same : Layers.Padding.Valid;

    private static int Same(string layer, JsonElement config, string member, int? usual = null) =>
        config.TryGetProperty(member, out var value) ? Same(layer, value) : usual ?? throw new InvalidDataException($"its layer {layer} has no {member}");

    /// <summary>The one number in a number, a list or a list of lists.</summary>
    private static int Same(string layer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number) return value.GetInt32();
        int[] all = [.. value.EnumerateArray().Select(one => Same(layer, one)).Distinct()];
        return all is [var only] ? only : throw new InvalidDataException($"its layer {layer} is not the same across and down");
    }

    private static void Require(string layer, bool holds, string what)
    {
        if (!holds) throw new InvalidDataException($"its layer {layer} has {what} that is not known");
    }
}
