using Gyrus.Learning.Layers;
using Gyrus.Learning.Onnx;

namespace Gyrus.Learning.Export.Int8;

/// <summary>
/// Which values of a network are held in eight bits, as its layers say (<see cref="EightBits"/>): what convolutions of the
/// backbone take and give, what maxima give of it, and sums that go on into any of these. An activation function counts to what is
/// before it. The head, the pool before it and a last sum before that stay in float32.
/// </summary>
/// <param name="Convolutions">The convolutions that are computed in eight bits.</param>
/// <param name="Values">The names of the values that are held in eight bits, and for each the one whose range it has:
/// itself, or for a maximum what it is taken of.</param>
internal sealed record Int8Points(IReadOnlyList<NodeProto> Convolutions, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Finds them.</summary>
    /// <param name="graph">A network in float32.</param>
    /// <param name="kinds">What becomes of each value before the feature map.</param>
    /// <param name="featureMap">The value behind which everything stays in float32.</param>
    public static Int8Points Of(GraphProto graph, IReadOnlyDictionary<string, EightBits> kinds, string featureMap)
    {
        var takers = graph.Node
            .SelectMany(node => node.Input.Distinct().Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node);
        var outputs = graph.Output.Select(output => output.Name).ToHashSet();
        string Tail(string value) =>
            !outputs.Contains(value) && takers[value].ToList() is [var only]
                && kinds.GetValueOrDefault(only.Output[0]) == EightBits.WithOperatorBefore ? only.Output[0] : value;

        var backbone = Before(graph, featureMap);
        List<NodeProto> convolutions = [];
        Dictionary<string, string> values = [];
        foreach (var node in graph.Node.Where(backbone.Contains))
        {
            var value = node.Output[0];
            switch (kinds[value])
            {
                case EightBits.Convolution:
                    convolutions.Add(node);
                    values.TryAdd(node.Input[0], node.Input[0]);
                    values.TryAdd(Tail(value), Tail(value));
                    break;
                case EightBits.SameRange:
                    if (values.TryGetValue(node.Input[0], out var source)) values.TryAdd(value, source);
                    break;
                case EightBits.OwnRange:
                    var joined = Tail(value);
                    if (joined != featureMap && node.Input.All(values.ContainsKey)) values.TryAdd(joined, joined);
                    break;
                case EightBits.Float32 or EightBits.WithOperatorBefore:
                    break;
                default:
                    throw new NotSupportedException($"no rule says what becomes of {kinds[value]} in eight bits");
            }
        }
        return new Int8Points(convolutions, values);
    }

    private static HashSet<NodeProto> Before(GraphProto graph, string value)
    {
        HashSet<string> wanted = [value];
        HashSet<NodeProto> nodes = new(ReferenceEqualityComparer.Instance);
        foreach (var node in graph.Node.Reverse().Where(node => node.Output.Any(wanted.Contains)))
        {
            nodes.Add(node);
            wanted.UnionWith(node.Input);
        }
        return nodes;
    }
}
