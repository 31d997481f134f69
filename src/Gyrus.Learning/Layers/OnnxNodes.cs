using System.Runtime.InteropServices;
using Google.Protobuf;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Layers;

/// <summary>What a layer takes, in an ONNX graph.</summary>
/// <param name="Name">The name of the value.</param>
/// <param name="Shape">Its size for one image.</param>
public readonly record struct OnnxValue(string Name, LayerShape Shape);

/// <summary>Takes the operators of a network's layers, in the order in which they are computed.</summary>
public sealed class OnnxNodes
{
    private readonly bool _float16;
    private readonly List<NodeProto> _nodes = [];
    private readonly List<TensorProto> _constants = [];
    private readonly Dictionary<string, EightBits> _eightBits = [];

    /// <summary>Begins a network.</summary>
    /// <param name="float16">Whether kernels are stored as float16 and have to be widened.</param>
    internal OnnxNodes(bool float16) => _float16 = float16;

    /// <summary>The operators so far.</summary>
    internal IReadOnlyList<NodeProto> Nodes => _nodes;

    /// <summary>Initializers that are no weights, for the operators so far.</summary>
    internal IReadOnlyList<TensorProto> Constants => _constants;

    /// <summary>What becomes of each operator's output in eight bits, by the output's name.</summary>
    internal IReadOnlyDictionary<string, EightBits> InEightBits => _eightBits;

    /// <summary>Adds an operator.</summary>
    /// <param name="type">ONNX's name for it, such as <c>Conv</c>.</param>
    /// <param name="name">A name that no other operator has: the layer's, or one that begins with it and a slash.</param>
    /// <param name="output">The name of what it gives.</param>
    /// <param name="eightBits">What becomes of that where the network is brought to eight bits.</param>
    /// <param name="inputs">The names of what it takes.</param>
    /// <returns>The operator, for its attributes.</returns>
    public OnnxNode Add(string type, string name, string output, EightBits eightBits, params ReadOnlySpan<string> inputs)
    {
        var node = Node(type, name, output, inputs);
        _nodes.Add(node);
        _eightBits.Add(output, eightBits);
        return new OnnxNode(node);
    }

    /// <summary>A layer's weight, float32. One that is stored as float16 is widened by an operator of its own.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="variable">The weight's name without the layer's, as <c>kernel</c>.</param>
    /// <returns>The name of the value.</returns>
    public string Weight(Layer layer, string variable)
    {
        var name = layer.VariableName(variable);
        if (!_float16 || !Float16Weights.Rounds(layer.Variables.Single(one => one.Name == name).Shape)) return name;
        var wide = $"{name}/float32";
        Add("Cast", wide, wide, EightBits.Float32, name).With("to", (long)TensorProto.Types.DataType.Float32);
        return wide;
    }

    /// <summary>A list of whole numbers that an operator takes.</summary>
    /// <param name="name">A name that no other value has: it begins with the layer's and a slash.</param>
    /// <param name="list">The numbers.</param>
    /// <returns>The name.</returns>
    public string Constant(string name, params long[] list)
    {
        _constants.Add(new TensorProto
        {
            Name = name,
            Dims = { list.Length },
            DataType = (int)TensorProto.Types.DataType.Int64,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(list.AsSpan())),
        });
        return name;
    }

    /// <summary>A number that an operator takes.</summary>
    /// <param name="name">A name that no other value has: it begins with the layer's and a slash.</param>
    /// <param name="value">The number.</param>
    /// <returns>The name.</returns>
    public string Number(string name, float value)
    {
        _constants.Add(new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float32,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes((ReadOnlySpan<float>)[value])),
        });
        return name;
    }

    internal static NodeProto Node(string type, string name, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { OpType = type, Name = name, Output = { output } };
        foreach (var input in inputs) node.Input.Add(input);
        return node;
    }

    internal static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    internal static AttributeProto Integers(string name, params long[] list) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { list } };
}

/// <summary>An operator of an ONNX graph that takes attributes.</summary>
public sealed class OnnxNode
{
    private readonly NodeProto _node;

    internal OnnxNode(NodeProto node) => _node = node;

    /// <summary>Adds a whole number.</summary>
    public OnnxNode With(string attribute, long value) => With(OnnxNodes.Integer(attribute, value));

    /// <summary>Adds a list of whole numbers.</summary>
    public OnnxNode With(string attribute, long[] list) => With(OnnxNodes.Integers(attribute, list));

    private OnnxNode With(AttributeProto attribute)
    {
        _node.Attribute.Add(attribute);
        return this;
    }
}
