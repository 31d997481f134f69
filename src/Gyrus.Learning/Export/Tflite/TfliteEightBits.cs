using System.Runtime.InteropServices;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Export.Tflite;

/// <summary>
/// Brings a network for TensorFlow Lite to eight bits: convolutions whose input and output have a range are computed in whole numbers, with a scale for each filter; sums, maxima, means of windows and
/// borders between them too. Everything else is computed in float32, with operators between that go over. Kernels are signed and symmetric, values signed: TensorFlow Lite's specification of eight bits.
/// </summary>
/// <param name="graph">The network in float32, which is changed.</param>
/// <param name="ranges">By the name of a value the range that it is held in: of the input, and of what layers give, behind their activation.</param>
internal sealed class TfliteEightBits(TfliteNodes graph, IReadOnlyDictionary<string, ValueRange> ranges)
{
    /// <summary>The number of the type.</summary>
    public const byte Int8 = 9;

    private const byte Float32 = 0, Int32 = 2;

    // The specification leaves out -128, so that a kernel's sign can be turned.
    private const int LargestWeight = 127;

    private readonly List<TfliteNode> _nodes = [];

    // For the number of a value, that of the same in eight bits or in float32, where an operator goes over.
    private readonly Dictionary<int, int> _rounded = [], _widened = [];

    /// <summary>Changes the network.</summary>
    public void Rewrite()
    {
        HashSet<TfliteNode> merged = new(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Nodes)
        {
            if (merged.Contains(node)) continue;
            // The range of eight bits ends where the activation does, and was measured behind it.
            var activation = Activation(node);
            int output = activation?.Output ?? node.Output;
            switch (node.Operator)
            {
                case TfliteOperator.Convolution or TfliteOperator.DepthwiseConvolution when CanRound(node.Inputs[0]) && HasRange(output):
                    int input = Rounded(node.Inputs[0]);
                    Hold(output);
                    RoundWeights(node, graph.Tensors[input].Scale!.Scales[0]);
                    _nodes.Add(node with { Inputs = [input, .. node.Inputs.Skip(1)], Output = output });
                    if (activation is not null) merged.Add(activation);
                    break;
                case TfliteOperator.Add when HasRange(output) && node.Inputs.All(CanRound):
                    Hold(output);
                    _nodes.Add(node with { Inputs = [.. node.Inputs.Select(Rounded)], Output = output });
                    if (activation is not null) merged.Add(activation);
                    break;
                case TfliteOperator.Pad or TfliteOperator.MaxPooling or TfliteOperator.AveragePooling when CanRound(node.Inputs[0]):
                    int same = Rounded(node.Inputs[0]);
                    graph.Tensors[node.Output] = graph.Tensors[node.Output] with { Type = Int8, Scale = graph.Tensors[same].Scale };
                    _nodes.Add(node with { Inputs = [same, .. node.Inputs.Skip(1)] });
                    break;
                default:
                    _nodes.Add(node with { Inputs = [.. node.Inputs.Select(Widened)] });
                    break;
            }
        }
        graph.Nodes.Clear();
        graph.Nodes.AddRange(_nodes);
    }

    private TfliteNode? Activation(TfliteNode node) =>
        graph.Nodes.Where(taker => taker.Inputs.Contains(node.Output)).ToList() is [{ Operator: TfliteOperator.Relu or TfliteOperator.Relu6 } only] ? only : null;

    private bool HasRange(int tensor) => ranges.ContainsKey(graph.Tensors[tensor].Name);

    private bool CanRound(int tensor) => graph.Tensors[tensor].Type == Int8 || HasRange(tensor);

    /// <summary>Makes a value one of eight bits.</summary>
    private void Hold(int tensor)
    {
        var value = graph.Tensors[tensor];
        graph.Tensors[tensor] = value with { Type = Int8, Scale = Scale(ranges[value.Name]) };
    }

    // The range is one of 0 to 255, and a number here is 128 less.
    private static TfliteScale Scale(ValueRange range) => new([range.Scale], range.ZeroPoint + sbyte.MinValue, 0);

    private int Rounded(int tensor)
    {
        var value = graph.Tensors[tensor];
        if (value.Type == Int8) return tensor;
        if (_rounded.TryGetValue(tensor, out int known)) return known;
        return _rounded[tensor] = GoOver(TfliteOperator.Quantize, tensor, new TfliteTensor(value.Name + "/int8", value.Shape, Int8, null) { Scale = Scale(ranges[value.Name]) });
    }

    private int Widened(int tensor)
    {
        var value = graph.Tensors[tensor];
        if (value.Type != Int8 || value.Data is not null) return tensor;
        if (_widened.TryGetValue(tensor, out int known)) return known;
        return _widened[tensor] = GoOver(TfliteOperator.Dequantize, tensor, new TfliteTensor(value.Name + "/float32", value.Shape, Float32, null));
    }

    private int GoOver(TfliteOperator type, int from, TfliteTensor to)
    {
        graph.Tensors.Add(to);
        _nodes.Add(new(type, [from], graph.Tensors.Count - 1, TfliteOptions.None));
        return graph.Tensors.Count - 1;
    }

    private void RoundWeights(TfliteNode node, float inputScale)
    {
        TfliteTensor kernel = graph.Tensors[node.Inputs[1]], bias = graph.Tensors[node.Inputs[2]];
        // [out, height, width, in], or [1, height, width, channels].
        bool perChannel = node.Operator == TfliteOperator.DepthwiseConvolution;
        int axis = perChannel ? 3 : 0, filters = kernel.Shape[axis];
        float[] values = Floats(kernel);
        var weights = Int8Weights.Round(perChannel ? Turned(values, filters) : values, Floats(bias), filters, inputScale, LargestWeight);
        sbyte[] rounded = perChannel ? Turned(weights.Kernel, values.Length / filters) : weights.Kernel;
        graph.Tensors[node.Inputs[1]] = kernel with { Type = Int8, Data = MemoryMarshal.AsBytes(rounded.AsSpan()).ToArray(), Scale = new(weights.Scales, 0, axis) };
        float[] biasScales = Array.ConvertAll(weights.Scales, scale => scale * inputScale);
        graph.Tensors[node.Inputs[2]] = bias with { Type = Int32, Data = MemoryMarshal.AsBytes(weights.Bias.AsSpan()).ToArray(), Scale = new(biasScales, 0, 0) };
    }

    private static float[] Floats(TfliteTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data).ToArray();

    /// <summary>A matrix with its rows as columns.</summary>
    private static T[] Turned<T>(T[] values, int columns)
    {
        int rows = values.Length / columns;
        var turned = new T[values.Length];
        for (int i = 0; i < values.Length; i++) turned[(i % columns * rows) + (i / columns)] = values[i];
        return turned;
    }
}
