using Google.Protobuf;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Export;

/// <summary>Writes a network as an ONNX file that takes any number of images: [N, 3, size, size]. Dropout, which does
/// nothing outside training, is left out.</summary>
public static class OnnxExporter
{
    /// <summary>The version of the operators that are used.</summary>
    public const int OperatorSet = 17;

    /// <summary>The version of the file format: the first that knows <see cref="OperatorSet"/>.</summary>
    public const int FileFormat = 8;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="GyrusException">The input is too small for the network, or a weight is beyond
    /// float16.</exception>
    /// <exception cref="ArgumentException">The network has batch norm that is not folded, or a layer has the name of
    /// an input or output that it is not, or evidence is wanted of a network that has none.</exception>
    public static void Write(string path, OnnxModel model) => AtomicFile.Write(path, stream => Write(stream, model));

    /// <summary>Writes to a stream.</summary>
    /// <exception cref="GyrusException">The input is too small for the network, or a weight is beyond
    /// float16.</exception>
    /// <exception cref="ArgumentException">The network has batch norm that is not folded, or a layer has the name of
    /// an input or output that it is not, or evidence is wanted of a network that has none.</exception>
    public static void Write(Stream stream, OnnxModel model) => Proto(model).WriteTo(stream);

    /// <summary>The file's content.</summary>
    internal static ModelProto Proto(OnnxModel model) => Proto(model, out _);

    /// <summary>The file's content.</summary>
    /// <param name="model">The network.</param>
    /// <param name="eightBits">What becomes of the output of each operator of its layers in eight bits.</param>
    internal static ModelProto Proto(OnnxModel model, out IReadOnlyDictionary<string, EightBits> eightBits)
    {
        var proto = new ModelProto
        {
            IrVersion = FileFormat,
            ProducerName = "gyrus",
            ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3),
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = OperatorSet } },
            Graph = Graph(model, out eightBits),
        };
        if (model.Preprocessing is { } preprocessing)
            proto.MetadataProps.Add(new StringStringEntryProto { Key = ModelNotes.Key, Value = ModelNotes.Of(model.Labels, preprocessing).ToJsonString() });
        return proto;
    }

    private static GraphProto Graph(OnnxModel model, out IReadOnlyDictionary<string, EightBits> eightBits)
    {
        model = model with { Network = model.Network.OutsideTraining() };
        var values = ValueNames(model);
        var shapes = model.Network.Shapes(model.InputSize);
        var nodes = new OnnxNodes(model.Float16);
        var map = shapes[model.FeatureMapLayer];
        var graph = new GraphProto
        {
            Name = "gyrus",
            Input = { Value(model.Names.Input, 3, model.InputSize, model.InputSize) },
            Output =
            {
                Value(model.Names.Logits, shapes[model.Network.Output].Channels),
                Value(model.Names.Features!, shapes[model.FeatureLayer].Channels),
                Value(model.Names.Activations!, map.Channels, map.Height, map.Width),
            },
        };
        foreach (var layer in model.Network.Layers)
        {
            layer.Onnx([.. layer.Inputs.Select(name => new OnnxValue(values[name], shapes[name]))], values[layer.Name], nodes);
        }
        graph.Node.AddRange(nodes.Nodes);
        eightBits = nodes.InEightBits;
        foreach (var variable in model.Network.Variables)
        {
            var tensor = model.Tensors[variable.Name];
            graph.Initializer.Add(OnnxWeights.Initializer(tensor, model.Float16 && Float16Weights.Rounds(tensor.Shape)));
        }
        graph.Initializer.AddRange(nodes.Constants);
        if (model.Names.Evidence is { } evidence)
        {
            var explained = EvidenceNodes.Of(model, map, values, evidence);
            graph.Node.AddRange(explained.Nodes);
            graph.Initializer.AddRange(explained.Constants);
            graph.Output.Add(Value(evidence, map.Height, map.Width));
        }
        if (model.Names.LabelEvidence is { } labelEvidence)
        {
            int labels = shapes[model.Network.Output].Channels;
            var explained = LabelEvidenceNodes.Of(model, map, labels, values, labelEvidence);
            graph.Node.AddRange(explained.Nodes);
            graph.Initializer.AddRange(explained.Constants);
            graph.Output.Add(Value(labelEvidence, labels, map.Height, map.Width));
        }
        if (model.Names.Novelty is { } novelty && model.Novelty is { } statistics)
        {
            var judged = NoveltyNodes.Of(statistics, values, novelty);
            graph.Node.AddRange(judged.Nodes);
            graph.Initializer.AddRange(judged.Constants);
            graph.Output.Add(Value(novelty));
        }
        return graph;
    }

    private static Dictionary<string, string> ValueNames(OnnxModel model)
    {
        var names = model.Network.Layers.ToDictionary(layer => layer.Name, layer => layer.Name);
        names[model.Network.Input] = model.Names.Input;
        names[model.FeatureMapLayer] = model.Names.Activations!;
        names[model.FeatureLayer] = model.Names.Features!;
        names[model.Network.Output] = model.Names.Logits;
        var twice = names.Append(new("the evidence", model.Names.Evidence ?? "")).Append(new("the labels' evidence", model.Names.LabelEvidence ?? " "))
            .GroupBy(pair => pair.Value).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new ArgumentException(
                $"Several layers would be called {twice.Key}: {string.Join(", ", twice.Select(pair => pair.Key))}.");
        }
        return names;
    }

    private static ValueInfoProto Value(string name, params ReadOnlySpan<int> sizes)
    {
        var shape = new TensorShapeProto { Dim = { new TensorShapeProto.Types.Dimension { DimParam = "N" } } };
        foreach (var size in sizes) shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        var tensor = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float32, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
