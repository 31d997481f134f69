using System.Text;
using Google.FlatBuffers;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Layers;

namespace Gyrus.Learning.Export.Tflite;

/// <summary>
/// Writes a network for TensorFlow Lite: one image, channels last, with a softmax behind the logits. Tables and numbers of fields are those of tensorflow/lite/schema/schema.fbs. What a program must
/// know of labels and input stands as JSON in the metadata <c>gyrus</c>, and in that of TensorFlow Lite's own (<see cref="TfliteMetadata"/>).
/// </summary>
internal static class TfliteForm
{
    private const string Identifier = "TFL3";
    private const int SchemaVersion = 3, Aligned = 16;
    private const byte SoftmaxOptions = 9;

    /// <summary>Writes the model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="float16">Whether kernels are kept as float16.</param>
    /// <param name="ranges">The layers whose outputs are held in eight bits, and in which range; null for none.</param>
    /// <exception cref="ArgumentException">A layer cannot be written.</exception>
    public static void Write(string path, KerasModel model, bool float16, IReadOnlyDictionary<string, ValueRange>? ranges = null)
    {
        var nodes = new TfliteNodes(model.Tensors, float16);
        var shapes = model.Network.Shapes(model.Preprocessing.Size);
        Dictionary<string, int> values = [];
        foreach (var layer in model.Network.Layers) values[layer.Name] = layer.Tflite([.. layer.Inputs.Select(name => values[name])], shapes[layer.Name], nodes);
        int output = nodes.Node(
            TfliteOperator.Softmax, [values[model.Network.Output]], nodes.Value(KerasTopology.Output, 1, model.Labels.Count), new(SoftmaxOptions, 1, builder => builder.AddFloat(0, 1, 0)));
        if (ranges is not null) new TfliteEightBits(nodes, ranges).Rewrite();
        byte[] bytes = Bytes(model, nodes, values[model.Network.Input], output);
        byte[] files = TfliteMetadata.Files(model, bytes.Length);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(bytes);
            stream.Write(files);
        });
    }

    private static byte[] Bytes(KerasModel model, TfliteNodes nodes, int input, int output)
    {
        var builder = new FlatBufferBuilder(1 << 20);
        TfliteOperator[] operators = [.. nodes.Nodes.Select(node => node.Operator).Distinct()];
        int[] codes = [.. operators.Select(code => builder.Table(4, () =>
        {
            builder.AddSbyte(0, (sbyte)code, 0);
            builder.AddInt(2, nodes.Nodes.Any(node => node.Operator == code && node.Inputs.Append(node.Output).Any(tensor => nodes.Tensors[tensor].Type == TfliteEightBits.Int8)) ? EightBitVersion(code) : 1, 1);
            builder.AddInt(3, (int)code, 0);
        }))];

        // The first buffer is empty, and stands for tensors without values.
        List<int> buffers = [builder.Table(1, () => { })];
        List<int> tensors = [];
        foreach (var tensor in nodes.Tensors)
        {
            int shape = builder.Ints(tensor.Shape), name = builder.Text(tensor.Name), buffer = 0, scale = tensor.Scale is { } known ? Scale(builder, known) : 0;
            if (tensor.Data is { } data)
            {
                buffer = buffers.Count;
                buffers.Add(Buffer(builder, data));
            }
            tensors.Add(builder.Table(8, () =>
            {
                builder.AddOffset(0, shape, 0);
                builder.AddSbyte(1, (sbyte)tensor.Type, 0);
                builder.AddUint(2, (uint)buffer, 0);
                builder.AddOffset(3, name, 0);
                if (scale != 0) builder.AddOffset(4, scale, 0);
            }));
        }
        int Metadata(string key, byte[] content)
        {
            buffers.Add(Buffer(builder, content));
            int name = builder.Text(key), buffer = buffers.Count - 1;
            return builder.Table(2, () =>
            {
                builder.AddOffset(0, name, 0);
                builder.AddUint(1, (uint)buffer, 0);
            });
        }
        int metadata = builder.Offsets([Metadata(ModelNotes.Key, Encoding.UTF8.GetBytes(model.Notes().ToJsonString())), Metadata(TfliteMetadata.Key, TfliteMetadata.Of(model))]);

        int[] written = [.. nodes.Nodes.Select(node => Operator(builder, node, Array.IndexOf(operators, node.Operator)))];
        int allTensors = builder.Offsets(tensors), inputs = builder.Ints([input]), outputs = builder.Ints([output]), all = builder.Offsets(written), graphName = builder.Text("main");
        int graphs = builder.Offsets([builder.Table(5, () =>
        {
            builder.AddOffset(0, allTensors, 0);
            builder.AddOffset(1, inputs, 0);
            builder.AddOffset(2, outputs, 0);
            builder.AddOffset(3, all, 0);
            builder.AddOffset(4, graphName, 0);
        })]);
        int allCodes = builder.Offsets(codes), description = builder.Text(model.Name), allBuffers = builder.Offsets(buffers);
        builder.Finish(builder.Table(7, () =>
        {
            builder.AddUint(0, SchemaVersion, 0);
            builder.AddOffset(1, allCodes, 0);
            builder.AddOffset(2, graphs, 0);
            builder.AddOffset(3, description, 0);
            builder.AddOffset(4, allBuffers, 0);
            builder.AddOffset(6, metadata, 0);
        }), Identifier);
        return builder.SizedByteArray();
    }

    /// <summary>The version of an operator that knows eight bits: tensorflow/lite/tools/versioning/op_version.cc.</summary>
    private static int EightBitVersion(TfliteOperator code) => code switch
    {
        TfliteOperator.Convolution or TfliteOperator.DepthwiseConvolution => 3,
        TfliteOperator.Quantize => 1,
        _ => 2,
    };

    /// <summary>A table <c>QuantizationParameters</c>.</summary>
    private static int Scale(FlatBufferBuilder builder, TfliteScale scale)
    {
        int scales = builder.Floats(scale.Scales), zeros = builder.Longs([.. scale.Scales.Select(_ => (long)scale.ZeroPoint)]);
        return builder.Table(7, () =>
        {
            builder.AddOffset(2, scales, 0);
            builder.AddOffset(3, zeros, 0);
            builder.AddInt(6, scale.Axis, 0);
        });
    }

    private static int Operator(FlatBufferBuilder builder, TfliteNode node, int code)
    {
        int inputs = builder.Ints(node.Inputs), outputs = builder.Ints([node.Output]);
        int options = node.Options.Kind == 0 ? 0 : builder.Table(node.Options.Fields, () => node.Options.Write(builder));
        return builder.Table(5, () =>
        {
            builder.AddUint(0, (uint)code, 0);
            builder.AddOffset(1, inputs, 0);
            builder.AddOffset(2, outputs, 0);
            builder.AddByte(3, node.Options.Kind, 0);
            if (options != 0) builder.AddOffset(4, options, 0);
        });
    }

    private static int Buffer(FlatBufferBuilder builder, byte[] data)
    {
        builder.StartVector(1, data.Length, Aligned);
        builder.Add(data);
        int bytes = builder.EndVector().Value;
        return builder.Table(1, () => builder.AddOffset(0, bytes, 0));
    }
}
