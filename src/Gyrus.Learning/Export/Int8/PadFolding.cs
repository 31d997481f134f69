using System.Runtime.InteropServices;
using Gyrus.Learning.Onnx;

namespace Gyrus.Learning.Export.Int8;

/// <summary>
/// Makes borders of zeros a part of the windows behind them: ONNX Runtime has no border for eight bits, and would go back
/// to float32 for one.
/// </summary>
internal static class PadFolding
{
    /// <summary>Takes the borders out of a graph where a convolution alone takes them, or a maximum over values that are
    /// never below zero, for which a border of zeros and one of nothing are the same.</summary>
    public static void Fold(GraphProto graph)
    {
        foreach (var pad in graph.Node.Where(node => node.OpType == "Pad").ToList())
        {
            var takers = graph.Node.Where(node => node.Input.Contains(pad.Output[0])).ToList();
            if (takers.Count != 1 || graph.Output.Any(output => output.Name == pad.Output[0])) continue;
            var before = graph.Node.FirstOrDefault(node => node.Output.Contains(pad.Input[0]));
            bool same = takers[0].OpType == "Conv" || (takers[0].OpType == "MaxPool" && before?.OpType == "Relu");
            if (!same) continue;
            var borders = graph.Initializer.Single(tensor => tensor.Name == pad.Input[1]);
            AddBorder(takers[0], MemoryMarshal.Cast<byte, long>(borders.RawData.Span));
            takers[0].Input[0] = pad.Input[0];
            graph.Node.Remove(pad);
            graph.Initializer.Remove(borders);
        }
    }

    /// <param name="window">The convolution or maximum.</param>
    /// <param name="borders">[8]: before and then after, each for images, channels, rows and columns.</param>
    private static void AddBorder(NodeProto window, ReadOnlySpan<long> borders)
    {
        var pads = window.Attribute.SingleOrDefault(attribute => attribute.Name == "pads");
        if (pads is null)
        {
            pads = new AttributeProto
            {
                Name = "pads",
                Type = AttributeProto.Types.AttributeType.Ints,
                Ints = { 0, 0, 0, 0 },
            };
            window.Attribute.Add(pads);
        }
        long[] added = [borders[2], borders[3], borders[6], borders[7]];
        for (int i = 0; i < added.Length; i++) pads.Ints[i] += added[i];
    }
}
