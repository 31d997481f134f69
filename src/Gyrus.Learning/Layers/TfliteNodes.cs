using System.Runtime.InteropServices;
using Google.FlatBuffers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Layers;

/// <summary>Operators of TensorFlow Lite by their numbers: <c>BuiltinOperator</c> of tensorflow/lite/schema/schema.fbs.</summary>
public enum TfliteOperator
{
    /// <summary>The sum of two.</summary>
    Add = 0,

    /// <summary>The mean of a window.</summary>
    AveragePooling = 1,

    /// <summary>Tensors one behind the other.</summary>
    Concatenation = 2,

    /// <summary>A convolution.</summary>
    Convolution = 3,

    /// <summary>A convolution of each channel by itself.</summary>
    DepthwiseConvolution = 4,

    /// <summary>float16 or eight bits to float32.</summary>
    Dequantize = 6,

    /// <summary>A dense layer.</summary>
    FullyConnected = 9,

    /// <summary>The sigmoid.</summary>
    Logistic = 14,

    /// <summary>The largest value of a window.</summary>
    MaxPooling = 17,

    /// <summary>The product of two.</summary>
    Multiply = 18,

    /// <summary>max(x, 0).</summary>
    Relu = 19,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6 = 21,

    /// <summary>Exponentials whose sum is 1.</summary>
    Softmax = 25,

    /// <summary>A border of zeros.</summary>
    Pad = 34,

    /// <summary>The mean over axes.</summary>
    Mean = 40,

    /// <summary>float32 to eight bits.</summary>
    Quantize = 114,
}

/// <summary>An operator's options: the kind of their table, <c>BuiltinOptions</c> of the schema, and what writes it.</summary>
/// <param name="Kind">The number of the table in the union.</param>
/// <param name="Fields">How many fields the table has.</param>
/// <param name="Write">Adds the fields.</param>
public sealed record TfliteOptions(byte Kind, int Fields, Action<FlatBufferBuilder> Write)
{
    /// <summary>Of operators that have none.</summary>
    public static TfliteOptions None { get; } = new(0, 0, _ => { });
}

/// <summary>A tensor of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape, channels last.</param>
/// <param name="Type">float32 0, float16 1, int32 2, int8 9.</param>
/// <param name="Data">Its values; none where an operator computes it.</param>
internal sealed record TfliteTensor(string Name, int[] Shape, byte Type, byte[]? Data)
{
    /// <summary>What its whole numbers stand for; null for others.</summary>
    public TfliteScale? Scale { get; init; }
}

/// <summary>What whole numbers stand for: (number - zero point) times a scale.</summary>
/// <param name="Scales">One for all, or one for each place along an axis.</param>
/// <param name="ZeroPoint">The number that stands for 0.</param>
/// <param name="Axis">The axis.</param>
internal sealed record TfliteScale(float[] Scales, int ZeroPoint, int Axis);

/// <summary>An operator of the graph.</summary>
/// <param name="Operator">What it computes.</param>
/// <param name="Inputs">The tensors that it takes.</param>
/// <param name="Output">The tensor that it gives.</param>
/// <param name="Options">Its options.</param>
internal sealed record TfliteNode(TfliteOperator Operator, int[] Inputs, int Output, TfliteOptions Options);

/// <summary>The operators and tensors of a network for TensorFlow Lite, while layers write themselves.</summary>
/// <param name="weights">The weights.</param>
/// <param name="float16">Whether kernels are kept as float16, and made float32 when the model is loaded.</param>
public sealed class TfliteNodes(TensorTable weights, bool float16)
{
    private const byte Float32 = 0, Float16 = 1, Int32 = 2;

    /// <summary>All tensors, by number.</summary>
    internal List<TfliteTensor> Tensors { get; } = [];

    /// <summary>All operators, in order.</summary>
    internal List<TfliteNode> Nodes { get; } = [];

    /// <summary>Adds a tensor that an operator computes, or the input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape, channels last, with 1 for the number of images.</param>
    /// <returns>Its number.</returns>
    public int Value(string name, params int[] shape) => Add(new(name, shape, Float32, null));

    /// <summary>Adds whole numbers.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="shape">Their shape.</param>
    /// <param name="values">The numbers.</param>
    public int Constant(string name, int[] shape, params int[] values) => Add(new(name, shape, Int32, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));

    /// <summary>Adds a weight of a layer in the order that the operators take: [out, height, width, in], [1, height, width, channels] where each channel is by itself, [out, in] of dense layers.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="variable">The weight.</param>
    public int Weight(Layer layer, string variable)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var tensor = weights[layer.VariableName(variable)];
        int[] axes = tensor.Shape.Count switch { 4 => [3, 0, 1, 2], 2 => [1, 0], _ => [0] };
        int[] shape = [.. axes.Select(axis => tensor.Shape[axis])];
        float[] values = WeightLayout.Permuted(tensor, axes);
        if (!float16 || !Float16Weights.Rounds(tensor.Shape)) return Add(new(tensor.Name, shape, Float32, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
        Half[] halves = Array.ConvertAll(values, value => (Half)value);
        int stored = Add(new(tensor.Name + "/float16", shape, Float16, MemoryMarshal.AsBytes(halves.AsSpan()).ToArray()));
        return Node(TfliteOperator.Dequantize, [stored], Value(tensor.Name, shape), TfliteOptions.None);
    }

    /// <summary>Adds a weight that is a number for each channel: [channels].</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="variable">The weight.</param>
    public int ChannelWeight(Layer layer, string variable)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var tensor = weights[layer.VariableName(variable)];
        return Add(new(tensor.Name, [tensor.Values.Length], Float32, MemoryMarshal.AsBytes(tensor.Values.AsSpan()).ToArray()));
    }

    /// <summary>Adds a bias of zeros.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="channels">Its length.</param>
    public int NoBias(Layer layer, int channels)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Add(new($"{layer.Name}/no_bias", [channels], Float32, new byte[channels * sizeof(float)]));
    }

    /// <summary>Adds an operator.</summary>
    /// <param name="type">What it computes.</param>
    /// <param name="inputs">The tensors that it takes.</param>
    /// <param name="output">The tensor that it gives.</param>
    /// <param name="options">Its options.</param>
    /// <returns>The output.</returns>
    public int Node(TfliteOperator type, int[] inputs, int output, TfliteOptions options)
    {
        Nodes.Add(new(type, inputs, output, options));
        return output;
    }

    private int Add(TfliteTensor tensor)
    {
        Tensors.Add(tensor);
        return Tensors.Count - 1;
    }
}
