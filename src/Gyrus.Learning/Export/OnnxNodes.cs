using System.Runtime.InteropServices;
using Google.Protobuf;
using Gyrus.Learning.Export.Onnx;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Export;

/// <summary>Writes each kind of layer as ONNX operators.</summary>
/// <param name="shapes">Sizes of the layers' outputs.</param>
/// <param name="values">The name in the graph of each layer's output.</param>
/// <param name="float16">Whether kernels are stored as float16 and have to be widened.</param>
internal sealed class OnnxNodes(
    IReadOnlyDictionary<string, LayerShape> shapes, IReadOnlyDictionary<string, string> values, bool float16)
{
    private readonly List<TensorProto> _constants = [];

    /// <summary>Initializers that are no weights, for the nodes made so far.</summary>
    public IEnumerable<TensorProto> Constants => _constants;

    /// <summary>The operators of a layer, in order; none for the input.</summary>
    /// <exception cref="ArgumentException">The layer is batch norm, which has to be folded before.</exception>
    public IEnumerable<NodeProto> For(Layer layer) => layer switch
    {
        Input => [],
        Convolution l => Convolution(l),
        SeparableConvolution l => Separable(l),
        Relu l => [Node("Relu", l, values[l.From])],
        ZeroPadding l => [Pad(l)],
        MaxPooling l =>
        [
            Window(Node("MaxPool", l, values[l.From]), shapes[l.From], MaxPooling.Size, MaxPooling.Stride, l.Padding),
        ],
        Add l => [Node("Add", l, values[l.Left], values[l.Right])],
        GlobalAveragePooling l => Pool(l),
        Dense l => [Node("Gemm", l, values[l.From], $"{l.Name}/kernel", $"{l.Name}/bias")],
        BatchNormalisation l => throw new ArgumentException($"{l.Name}: fold batch norm before an export."),
        _ => throw new NotSupportedException($"no ONNX operator for {layer.GetType().Name}"),
    };

    private IEnumerable<NodeProto> Convolution(Convolution l)
    {
        var kernel = $"{l.Name}/kernel";
        if (float16) yield return Widen(ref kernel);
        var node = Node("Conv", l, l.HasBias ? [values[l.From], kernel, $"{l.Name}/bias"] : [values[l.From], kernel]);
        yield return Window(node, shapes[l.From], l.Kernel, l.Stride, l.Padding);
    }

    private IEnumerable<NodeProto> Separable(SeparableConvolution l)
    {
        var depthwise = $"{l.Name}/depthwise_kernel";
        var pointwise = $"{l.Name}/pointwise_kernel";
        if (float16)
        {
            yield return Widen(ref depthwise);
            yield return Widen(ref pointwise);
        }
        var middle = $"{l.Name}/depthwise";
        var first = Node("Conv", middle, middle, values[l.From], depthwise);
        first.Attribute.Add(Integer("group", l.Channels));
        yield return Window(first, shapes[l.From], SeparableConvolution.Kernel, 1, Padding.Same);
        var second = Node("Conv", l, l.HasBias ? [middle, pointwise, $"{l.Name}/bias"] : [middle, pointwise]);
        yield return Window(second, shapes[l.From], 1, 1, Padding.Valid);
    }

    private NodeProto Pad(ZeroPadding l)
    {
        var pads = $"{l.Name}/pads";
        long[] borders = [0, 0, l.Pixels, l.Pixels, 0, 0, l.Pixels, l.Pixels];
        _constants.Add(new TensorProto
        {
            Name = pads,
            Dims = { borders.Length },
            DataType = (int)TensorProto.Types.DataType.Int64,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(borders.AsSpan())),
        });
        return Node("Pad", l, values[l.From], pads);
    }

    private IEnumerable<NodeProto> Pool(GlobalAveragePooling l)
    {
        var pooled = $"{l.Name}/mean";
        yield return Node("GlobalAveragePool", pooled, pooled, values[l.From]);
        yield return Node("Flatten", l, pooled);
    }

    private static NodeProto Widen(ref string kernel)
    {
        var node = Node("Cast", $"{kernel}/float32", $"{kernel}/float32", kernel);
        node.Attribute.Add(Integer("to", (long)TensorProto.Types.DataType.Float32));
        kernel = node.Output[0];
        return node;
    }

    private NodeProto Node(string type, Layer layer, params ReadOnlySpan<string> inputs) =>
        Node(type, layer.Name, values[layer.Name], inputs);

    internal static NodeProto Node(string type, string name, string output, params ReadOnlySpan<string> inputs)
    {
        var node = new NodeProto { OpType = type, Name = name, Output = { output } };
        foreach (var input in inputs) node.Input.Add(input);
        return node;
    }

    private static NodeProto Window(NodeProto node, LayerShape input, int kernel, int stride, Padding padding)
    {
        node.Attribute.Add(Integers("kernel_shape", kernel, kernel));
        node.Attribute.Add(Integers("strides", stride, stride));
        if (padding == Padding.Same)
        {
            var (top, bottom) = LayerShapes.SameBorder(input.Height, kernel, stride);
            var (left, right) = LayerShapes.SameBorder(input.Width, kernel, stride);
            node.Attribute.Add(Integers("pads", top, left, bottom, right));
        }
        return node;
    }

    internal static AttributeProto Integer(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    internal static AttributeProto Integers(string name, params long[] list) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { list } };
}
