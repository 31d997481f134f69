using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Gyrus.Learning.Onnx;
using static Gyrus.Learning.Onnx.TensorProto.Types;

namespace Gyrus.Learning.Export.Int8;

/// <summary>
/// Writes the rounding to eight bits into a network: behind every value that is held in eight bits a QuantizeLinear and
/// a DequantizeLinear, and a DequantizeLinear behind weights. A runtime computes these pairs and what is between them
/// in whole numbers; one that does not know how still gives the same answer.
/// </summary>
/// <param name="graph">The network, which is changed.</param>
/// <param name="points">What is held in eight bits.</param>
/// <param name="ranges">The range of each value that has one of its own.</param>
internal sealed class Int8Graph(
    GraphProto graph, Int8Points points, IReadOnlyDictionary<string, ValueRange> ranges)
{
    /// <summary>Changes the network.</summary>
    public void Rewrite()
    {
        List<NodeProto> nodes = [];
        var input = graph.Input.Single().Name;
        var roundedInput = $"{input}/rounded";
        if (points.Values.ContainsKey(input)) nodes.AddRange(Rounding(input, input, roundedInput));
        var convolutions = points.Convolutions.Select(node => node.Output[0]).ToHashSet();
        foreach (var node in graph.Node)
        {
            if (convolutions.Contains(node.Output[0])) nodes.AddRange(RoundWeights(node));
            if (points.Values.ContainsKey(input)) Rename(node.Input, input, roundedInput);
            nodes.Add(node);
            var value = node.Output[0];
            if (!points.Values.ContainsKey(value)) continue;
            Rename(node.Output, value, $"{value}/float32");
            nodes.AddRange(Rounding(value, $"{value}/float32", value));
        }
        foreach (var (name, range) in ranges)
        {
            graph.Initializer.Add(Constant($"{name}/scale", DataType.Float32, [range.Scale], isScalar: true));
            graph.Initializer.Add(Constant($"{name}/zero_point", DataType.Uint8, [range.ZeroPoint], isScalar: true));
        }
        graph.Node.Clear();
        graph.Node.AddRange(nodes);
    }

    private IEnumerable<NodeProto> Rounding(string value, string from, string to)
    {
        var range = points.Values[value];
        yield return Node("QuantizeLinear", $"{value}/int8", from, $"{range}/scale", $"{range}/zero_point");
        yield return Node("DequantizeLinear", to, $"{value}/int8", $"{range}/scale", $"{range}/zero_point");
    }

    private IEnumerable<NodeProto> RoundWeights(NodeProto convolution)
    {
        var kernel = Take(convolution.Input[1]);
        var bias = convolution.Input.Count > 2 ? Take(convolution.Input[2]) : null;
        float inputScale = ranges[points.Values[convolution.Input[0]]].Scale;
        var weights = Int8Weights.Round(
            Floats(kernel), bias is null ? [] : Floats(bias), (int)kernel.Dims[0], inputScale);
        yield return Widening(convolution, 1, kernel, DataType.Int8, weights.Kernel, weights.Scales);
        if (bias is null) yield break;
        var scales = Array.ConvertAll(weights.Scales, scale => scale * inputScale);
        yield return Widening(convolution, 2, bias, DataType.Int32, weights.Bias!, scales);
    }

    /// <summary>Puts whole numbers in a weight's place, and makes the node that brings them back to float32.</summary>
    private NodeProto Widening<T>(
        NodeProto convolution, int place, TensorProto old, DataType type, T[] values, float[] scales) where T : unmanaged
    {
        var weight = Constant(old.Name, type, values);
        weight.Dims.Clear();
        weight.Dims.Add(old.Dims);
        graph.Initializer.Add(weight);
        graph.Initializer.Add(Constant($"{old.Name}/scale", DataType.Float32, scales));
        graph.Initializer.Add(Constant($"{old.Name}/zero_point", type, new T[scales.Length]));
        convolution.Input[place] = $"{old.Name}/float32";
        var node = Node(
            "DequantizeLinear", convolution.Input[place], old.Name, $"{old.Name}/scale", $"{old.Name}/zero_point");
        node.Attribute.Add(new AttributeProto { Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 0 });
        return node;
    }

    private TensorProto Take(string name)
    {
        var tensor = graph.Initializer.Single(tensor => tensor.Name == name);
        graph.Initializer.Remove(tensor);
        return tensor;
    }

    private static ReadOnlySpan<float> Floats(TensorProto tensor) =>
        MemoryMarshal.Cast<byte, float>(tensor.RawData.Span);

    private static void Rename(RepeatedField<string> names, string from, string to)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == from) names[i] = to;
        }
    }

    private static NodeProto Node(string type, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { OpType = type, Name = $"{output}/{type}", Output = { output } };
        foreach (var input in inputs) node.Input.Add(input);
        return node;
    }

    private static TensorProto Constant<T>(string name, DataType type, T[] values, bool isScalar = false)
        where T : unmanaged
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)type,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
        };
        if (!isScalar) tensor.Dims.Add(values.Length);
        return tensor;
    }
}
