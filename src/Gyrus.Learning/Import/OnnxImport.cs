using Google.Protobuf;
using Gyrus.Learning.Onnx;
using Gyrus.Models;
using Dimension = Gyrus.Learning.Onnx.TensorShapeProto.Types.Dimension;

namespace Gyrus.Learning.Import;

/// <summary>Makes an ONNX classifier of another program take and give what a package does: any number of images, channels first, and logits.</summary>
internal static class OnnxImport
{
    private const string Input = "gyrus_input", Logits = "gyrus_logits", Count = "N";

    /// <summary>Reads a classifier.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="options">What the file does not say.</param>
    /// <param name="isProbability">Whether what it gives are probabilities, though no softmax is seen at its end.</param>
    /// <exception cref="GyrusException">It cannot be read, or takes no image of three channels, or gives no number for each label.</exception>
    public static ImportedModel Read(string path, ImportOptions options, bool isProbability)
    {
        var model = Parse(path);
        var graph = model.Graph ?? throw new GyrusException($"{path}: this ONNX file has no graph. Save the model again.");
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        if (graph.Input.Where(value => !weights.Contains(value.Name)).ToList() is not [var input])
            throw new GyrusException($"{path}: it takes several inputs; a classifier takes one image. Save it without the others.");
        long[] shape = [.. (input.Type?.TensorType?.Shape?.Dim ?? []).Select(one => one.ValueCase == Dimension.ValueOneofCase.DimValue ? one.DimValue : 0)];
        if (shape is not [_, 3, var high, var wide] && shape is not [_, _, _, 3])
            throw new GyrusException($"{path}: its input is [{string.Join(", ", shape)}]; an image of three channels is [N, 3, S, S] or [N, S, S, 3]. Save it with such an input.");
        bool channelsLast = shape[1] != 3;
        var (rows, columns) = channelsLast ? (shape[1], shape[2]) : (shape[2], shape[3]);
        if (rows != columns) throw new GyrusException($"{path}: its input is {columns} x {rows} pixels, and no square. Save it with a square one.");
        int size = ModelImport.Size(path, (int)rows, options);

        var output = graph.Output.FirstOrDefault(value => value.Type?.TensorType?.Shape?.Dim.Count == 2)
            ?? throw new GyrusException($"{path}: it has no output [N, labels]. Save it with the classifier's head.");
        int outputs = (int)output.Type.TensorType.Shape.Dim[1].DimValue;
        if (outputs == 1 && options.Labels.Count == 2)
        {
            graph.Node.AddRange(TwoLogits(Sigmoid(graph, output.Name) ?? throw new GyrusException(
                $"{path}: gives one number an image, and no sigmoid is seen at its end that would say what it means. Save it with one.")));
        }
        else
        {
            ModelImport.RequireLabels(path, outputs, options);
            graph.Node.Add(LogitsOf(graph, output.Name, isProbability));
        }
        graph.Output.Clear();
        graph.Output.Add(Value(Logits, options.Labels.Count));
        graph.Input.Remove(input);
        graph.Input.Add(Value(Input, 3, size, size));
        var first = new NodeProto { OpType = channelsLast ? "Transpose" : "Identity", Name = Input, Input = { Input }, Output = { input.Name } };
        if (channelsLast) first.Attribute.Add(new AttributeProto { Name = "perm", Ints = { 0, 2, 3, 1 }, Type = AttributeProto.Types.AttributeType.Ints });
        graph.Node.Insert(0, first);
        return new(model.ToByteArray(), new ModelOutputs(Input, Logits), size);
    }

    /// <summary>The logits: what goes into the softmax at the end where there is one, else the output itself; the logarithms of probabilities are logits as far as a softmax is concerned.</summary>
    private static NodeProto LogitsOf(GraphProto graph, string output, bool isProbability)
    {
        var last = graph.Node.FirstOrDefault(node => node.Output.Contains(output));
        return last?.OpType == "Softmax" ? new() { OpType = "Identity", Name = Logits, Input = { last.Input[0] }, Output = { Logits } }
            : new() { OpType = isProbability ? "Log" : "Identity", Name = Logits, Input = { output }, Output = { Logits } };
    }

    /// <summary>What goes into the sigmoid at the end; null where there is none.</summary>
    private static string? Sigmoid(GraphProto graph, string output)
    {
        var last = graph.Node.FirstOrDefault(node => node.Output.Contains(output));
        return last?.OpType switch
        {
            "Sigmoid" => last.Input[0],
            "Identity" => Sigmoid(graph, last.Input[0]),
            _ => null,
        };
    }

    /// <summary>0 and the log-odds of the second label: a softmax of them is 1 less the sigmoid, and the sigmoid.</summary>
    private static NodeProto[] TwoLogits(string odds)
    {
        const string none = Logits + "/none";
        var both = new NodeProto { OpType = "Concat", Name = Logits, Input = { none, odds }, Output = { Logits } };
        both.Attribute.Add(new AttributeProto { Name = "axis", I = 1, Type = AttributeProto.Types.AttributeType.Int });
        return [new() { OpType = "Sub", Name = none, Input = { odds, odds }, Output = { none } }, both];
    }

    private static ValueInfoProto Value(string name, params ReadOnlySpan<int> sizes)
    {
        var shape = new TensorShapeProto { Dim = { new Dimension { DimParam = Count } } };
        foreach (int size in sizes) shape.Dim.Add(new Dimension { DimValue = size });
        return new() { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float32, Shape = shape } } };
    }

    private static ModelProto Parse(string path)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: this cannot be read as an ONNX file ({e.Message.TrimEnd('.')}). Give a Keras model (.keras, .h5, a TF.js folder), a .tflite or an ONNX file.", e);
        }
    }
}
