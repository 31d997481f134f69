using System.Runtime.InteropServices;
using Google.Protobuf;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Novelty;
using Gyrus.Learning.Onnx;

namespace Gyrus.Learning.Export;

/// <summary>How unlike the training images an image is, as operators behind the network's own: see
/// <see cref="NoveltyStatistics"/>.</summary>
internal static class NoveltyNodes
{
    /// <summary>The operators and their constants.</summary>
    /// <param name="statistics">What known images are like.</param>
    /// <param name="values">The name in the graph of each layer's output.</param>
    /// <param name="output">The name of the output that is made, [N].</param>
    public static (IReadOnlyList<NodeProto> Nodes, IReadOnlyList<TensorProto> Constants) Of(
        NoveltyStatistics statistics, IReadOnlyDictionary<string, string> values, string output)
    {
        int length = statistics.Mean.Length, rank = statistics.Weights.Length;
        string Name(string part) => $"{output}/{part}";
        List<TensorProto> constants =
        [
            Floats(Name("mean"), statistics.Mean, length),
            Floats(Name("scale"), statistics.Scale, length),
            Floats(Name("directions"), statistics.Directions, length, rank),
            Floats(Name("weights"), statistics.Weights, rank),
            Floats(Name("residual/weight"), [statistics.ResidualWeight], 1),
            new TensorProto
            {
                Name = Name("axis"),
                Dims = { 1 },
                DataType = (int)TensorProto.Types.DataType.Int64,
                RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes((ReadOnlySpan<long>)[1])),
            },
        ];
        List<NodeProto> nodes = [];
        string Add(string type, string result, params ReadOnlySpan<string> inputs)
        {
            nodes.Add(OnnxNodes.Node(type, result, result, inputs));
            return result;
        }
        string Sum(string result, string of)
        {
            Add("ReduceSum", result, of, Name("axis"));
            nodes[^1].Attribute.Add(OnnxNodes.Integer("keepdims", 0));
            return result; // [N]
        }
        string[] parts = [.. statistics.Layers.Select(layer => Add("Flatten", Name($"{layer}/flat"),
            Add("GlobalAveragePool", Name($"{layer}/mean"), values[layer])))];
        var features = Add("Concat", Name("features"), parts); // [N, D]
        nodes[^1].Attribute.Add(OnnxNodes.Integer("axis", 1));
        var spread = Add("Mul", Name("spread"), Add("Sub", Name("centred"), features, Name("mean")), Name("scale"));
        var along = Add("MatMul", Name("along"), spread, Name("directions")); // [N, R]
        var squares = Add("Mul", Name("squares"), along, along);
        var distance = Sum(Name("distance"), Add("Mul", Name("weighted"), squares, Name("weights")));
        var whole = Sum(Name("whole"), Add("Mul", Name("spread/squares"), spread, spread));
        var left = Add("Sub", Name("left"), whole, Sum(Name("inside"), squares));
        Add("Add", output, distance, Add("Mul", Name("residual"), left, Name("residual/weight")));
        return (nodes, constants);
    }

    private static TensorProto Floats(string name, float[] list, params ReadOnlySpan<long> sizes)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float32,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(list.AsSpan())),
        };
        foreach (var size in sizes) tensor.Dims.Add(size);
        return tensor;
    }
}
