using System.Text.Json;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Weights.Keras;

/// <summary>Reads the layers of a network out of Keras's configuration of a functional or a sequential model, as Keras 2, 3 and TensorFlow.js have it. A softmax at the end is left out, and a
/// sigmoid of one number; the layers of a model inside another stand in its place; what works in training alone is left out.</summary>
internal sealed class KerasGraph
{
    // Far more models in models than anybody makes; a damaged file may hold itself.
    private const int MostDeep = 8;

    private readonly List<Layer> _layers = [];
    private readonly Dictionary<string, int> _channels = [];
    private readonly List<List<Layer>> _parts = [];
    private readonly List<NamedTensor> _constants = [];
    private int _inputSize;

    // For the name of a layer that is left out or split, the one to take.
    private readonly Dictionary<string, string> _stands = [];

    // The layers whose softmax or sigmoid is left out.
    private readonly HashSet<string> _ends = [];

    /// <summary>Reads the layers.</summary>
    /// <param name="model">The configuration: an object with <c>class_name</c> and <c>config</c>.</param>
    /// <returns>The network; its layers by the model that they stand in, which may be one inside another, without those whose weights are in the configuration; these weights; and width and height
    /// of its input, 0 where any goes.</returns>
    /// <exception cref="InvalidDataException">It is no such model, or has a layer that Gyrus does not know.</exception>
    public static (LayerGraph Graph, IReadOnlyList<IReadOnlyList<Layer>> Parts, IReadOnlyList<NamedTensor> Constants, int InputSize) Read(JsonElement model)
    {
        var graph = new KerasGraph();
        graph.AddModel(model, input: null, deep: 0);
        foreach (var end in graph._ends) Require(end, graph._layers[^1].Name == end, "a softmax or a sigmoid before the network's end");
        return (new LayerGraph(graph._layers), graph._parts, graph._constants, graph._inputSize);
    }

    /// <summary>Adds the layers of a model.</summary>
    /// <param name="model">The configuration.</param>
    /// <param name="input">The layer that stands for its input; null for the outermost.</param>
    /// <param name="deep">Models around it.</param>
    /// <returns>The name of its output.</returns>
    private string AddModel(JsonElement model, string? input, int deep)
    {
        if (deep > MostDeep) throw new InvalidDataException("it has models in models without end");
        if (!model.TryGetProperty("config", out var config)) throw new InvalidDataException("it describes no model");
        // Sequential models of Keras before 2.2.3 have a bare list as their config.
        var layers = config.ValueKind == JsonValueKind.Array ? config : config.TryGetProperty("layers", out var listed) ? listed : default;
        if (layers.ValueKind != JsonValueKind.Array) throw new InvalidDataException("it describes no model of layers");
        var part = new List<Layer>();
        _parts.Add(part);
        bool isSequential = model.GetProperty("class_name").GetString() == "Sequential";
        var last = input;
        foreach (var entry in layers.EnumerateArray())
        {
            if (isSequential && last is null && entry.GetProperty("class_name").GetString() != "InputLayer")
            {
                last = "input";
                Put(part, new Input(last), SetSize(InputShape(entry)));
            }
            last = Add(entry, isSequential && last is not null ? [last] : null, input, part, deep);
        }
        return last ?? throw new InvalidDataException("it has no layers");
    }

    private void Put(List<Layer> part, Layer layer, int channels)
    {
        if (!_channels.TryAdd(layer.Name, channels)) throw new InvalidDataException($"two of its layers are called {layer.Name}");
        _layers.Add(layer);
        part.Add(layer);
    }

    /// <summary>Takes the outermost input's size, and gives its channels.</summary>
    private int SetSize(int[] shape)
    {
        Require("input", shape.Length == 4 && shape[1] == shape[2], "an input");
        _inputSize = shape[1];
        return shape[^1];
    }

    /// <summary>Adds a layer; where it is a model, its layers.</summary>
    /// <returns>The name of its output.</returns>
    private string Add(JsonElement entry, string[]? before, string? input, List<Layer> part, int deep)
    {
        var kerasClass = entry.GetProperty("class_name").GetString()!;
        var config = entry.GetProperty("config");
        var name = config.ValueKind == JsonValueKind.Object && config.TryGetProperty("name", out var named) ? named.GetString()! : entry.GetProperty("name").GetString()!;
        string[] from = before ?? [.. Inputs(entry.GetProperty("inbound_nodes")).Select(one => _stands.GetValueOrDefault(one, one))];
        int Channels() => _channels[from[0]];
        void Put(Layer layer, int channels) => this.Put(part, layer, channels);
        switch (kerasClass)
        {
            case "InputLayer" when input is not null:
                _stands[name] = input;
                return input;
            case "InputLayer":
                Put(new Input(name), SetSize(Shape(config)));
                return name;
            case "Functional" or "Model" or "Sequential":
                return _stands[name] = AddModel(entry, from[0], deep + 1);
            case "ZeroPadding2D":
                var border = Border(name, config.GetProperty("padding"));
                Put(new ZeroPadding(name, from[0], border.Before, border.After), Channels());
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
            case "DepthwiseConv2D":
                Require(name, Same(name, config, "dilation_rate", 1) == 1, "a dilation");
                Require(name, Same(name, config, "depth_multiplier", 1) == 1, "several outputs of a channel");
                Put(
                    new DepthwiseConvolution(
                        name, from[0], Channels(), Same(name, config, "kernel_size"), Same(name, config, "strides"), Padding(config), config.GetProperty("use_bias").GetBoolean()),
                    Channels());
                break;
            case "AveragePooling2D":
                int window = Same(name, config, "pool_size");
                Require(name, Same(name, config, "strides") == window && Padding(config) == Gyrus.Learning.Layers.Padding.Valid, "a window");
                Put(new AveragePooling(name, from[0], window), Channels());
                break;
            case "Concatenate":
                Require(name, from.Length == 2 && Same(name, config, "axis", -1) is -1 or 3, "an axis or a number of inputs");
                Put(new Concatenation(name, from[0], from[1]), Channels() + _channels[from[1]]);
                break;
            case "MaxPooling2D":
                Require(name, Same(name, config, "pool_size") == MaxPooling.Size && Same(name, config, "strides") == MaxPooling.Stride, "a window");
                Put(new MaxPooling(name, from[0], Padding(config)), Channels());
                break;
            case "BatchNormalization":
                Put(new BatchNormalisation(name, from[0], Channels()), Channels());
                break;
            case "ReLU" or "Activation" when Ceiling(kerasClass, config) is { } ceiling:
                Put(Rectifier(name, from[0], ceiling), Channels());
                return name;
            case "Activation" when Activation(config) == "linear":
                return _stands[name] = from[0];
            case "Softmax" or "Activation" when kerasClass == "Softmax" || Activation(config) is "softmax" or "sigmoid":
                return _stands[name] = End(name, from[0], kerasClass == "Softmax" ? "softmax" : Activation(config)!);
            case "RandomFlip" or "RandomRotation" or "RandomZoom" or "RandomTranslation" or "RandomContrast" or "RandomBrightness" or "GaussianNoise" or "SpatialDropout2D":
                return _stands[name] = from[0];
            case "Rescaling" or "Normalization" when KerasScaling.Of(kerasClass, config, Channels()) is { } scaling:
                var (scale, numbers) = ScaleAndShift.Of(new Standardisation(name, from[0], Channels()), scaling);
                Put(scale, Channels());
                part.Remove(scale);
                _constants.AddRange(numbers);
                return name;
            case "Normalization":
                Put(new Standardisation(name, from[0], Channels()), Channels());
                return name;
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
        if (Activation(config) is "softmax" or "sigmoid") return End(name, name, Activation(config)!);
        if (Activation(config) is null or "linear") return name;
        Put(Rectifier(name + "_relu", name, Ceiling("Activation", config)), _channels[name]);
        return _stands[name] = name + "_relu";
    }

    /// <summary>Leaves out the softmax, or the sigmoid of one number, behind a layer.</summary>
    private string End(string name, string layer, string activation)
    {
        Require(name, activation == "softmax" || _channels[layer] == 1, "a sigmoid of several numbers, which are no shares of one whole,");
        _ends.Add(layer);
        return layer;
    }

    /// <summary>Where a rectifier ends: infinity, or 6; null for what is none.</summary>
    private static double? Ceiling(string kerasClass, JsonElement config)
    {
        if (kerasClass == "Activation") return Activation(config) switch { "relu" => double.PositiveInfinity, "relu6" => Relu6.Ceiling, _ => null };
        double Number(string member, double usual) => config.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : usual;
        return Number("negative_slope", 0) != 0 || Number("threshold", 0) != 0 ? double.NaN : Number("max_value", double.PositiveInfinity);
    }

    private static Layer Rectifier(string name, string from, double? ceiling) => ceiling switch
    {
        double.PositiveInfinity => new Relu(name, from),
        Relu6.Ceiling => new Relu6(name, from),
        _ => throw new InvalidDataException($"its layer {name} has an activation that is not known"),
    };

    /// <summary>The input of a sequential model that has no layer for it: its first layer tells it, or the first of that.</summary>
    private static int[] InputShape(JsonElement first)
    {
        var config = first.GetProperty("config");
        if (config.ValueKind == JsonValueKind.Object && (config.TryGetProperty("batch_shape", out _) || config.TryGetProperty("batch_input_shape", out _))) return Shape(config);
        if (config.ValueKind == JsonValueKind.Object && config.TryGetProperty("layers", out var layers) && layers.GetArrayLength() > 0) return InputShape(layers[0]);
        throw new InvalidDataException("it does not say the size of its input");
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

    /// <summary>A border: a number, one for rows and one for columns, or what is before and after of each.</summary>
    private static (int Before, int After) Border(string layer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number || value.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.Number)) return (Same(layer, value), Same(layer, value));
        (int Before, int After)[] all = [.. value.EnumerateArray().Select(one => (one[0].GetInt32(), one[1].GetInt32())).Distinct()];
        return all is [var only] ? only : throw new InvalidDataException($"its layer {layer} is not the same across and down");
    }

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
