using Gyrus.Learning.Backbones;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Weights;

/// <summary>A backbone's weights out of an ONNX file of the same network, which may have any names: convolutions and batch normalisations are taken in their order. What the file has behind the
/// backbone's last one is left out.</summary>
internal static class OnnxBackbone
{
    private const string Conv = "Conv", Norm = "BatchNormalization";

    private static readonly string[] NormInputs = ["gamma", "beta", "moving_mean", "moving_variance"];

    /// <summary>Loads weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="backbone">The backbone that they must be of.</param>
    /// <exception cref="GyrusException">The file cannot be read, or is of another network.</exception>
    public static BackboneWeights Load(string path, Backbone backbone)
    {
        var graph = Read(path).Graph ?? throw Other(path, backbone, "it has no graph");
        var initializers = graph.Initializer.ToDictionary(tensor => tensor.Name);
        List<Layer> layers = [.. backbone.Graph.Layers.Where(layer => layer is Convolution or DepthwiseConvolution or BatchNormalisation)];
        List<NodeProto> nodes = [.. graph.Node.Where(node => node.OpType is Conv or Norm).Take(layers.Count)];
        if (!nodes.Select(node => node.OpType).SequenceEqual(layers.Select(layer => layer is BatchNormalisation ? Norm : Conv)))
            throw Other(path, backbone, $"its convolutions and batch normalisations are fewer than the {layers.Count} of the backbone, or in another order");
        var tensors = layers.Zip(nodes).SelectMany(pair => pair.First.Variables.Select((variable, i) => Tensor(path, backbone, variable, pair.Second, i, initializers)));
        var table = new TensorTable(tensors);
        backbone.Graph.Require(table, path);
        double[] epsilons = [.. nodes.Where(node => node.OpType == Norm).Select(Epsilon).Distinct()];
        if (epsilons is not [var epsilon]) throw Other(path, backbone, "its batch normalisations have no epsilon in common");
        return new(backbone.Name, table, epsilon, path);
    }

    private static NamedTensor Tensor(string path, Backbone backbone, LayerVariable variable, NodeProto node, int place, Dictionary<string, TensorProto> initializers)
    {
        // The first input is what the layer takes; weights follow.
        if (node.Input.Count <= place + 1 || !initializers.TryGetValue(node.Input[place + 1], out var initializer))
            throw Other(path, backbone, $"{node.Name} has no weight for {variable.Name}");
        int[] axes = WeightLayout.Of(variable.Name, variable.Shape.Count).Onnx;
        int[] dims = [.. initializer.Dims.Select(dim => checked((int)dim))];
        if (!dims.SequenceEqual(axes.Select(axis => variable.Shape[axis])))
            throw Other(path, backbone, $"{initializer.Name} is [{string.Join(", ", dims)}], which does not fit {variable.Name} [{string.Join(", ", variable.Shape)}]");
        float[] values = Values(initializer);
        if (values.Length != variable.Length) throw Other(path, backbone, $"{initializer.Name} has {values.Length} values of float32, not {variable.Length}");
        return new(variable.Name, variable.Shape, axes.Length == 1 ? values : Reordered(values, dims, axes));
    }

    private static float[] Values(TensorProto tensor)
    {
        if (tensor.DataType != (int)TensorProto.Types.DataType.Float32) return [];
        if (tensor.FloatData.Count > 0) return [.. tensor.FloatData];
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
    }

    /// <summary>Values whose axis i is axis <c>axes[i]</c> of the result.</summary>
    private static float[] Reordered(float[] values, int[] dims, int[] axes)
    {
        var steps = new int[axes.Length];
        for (int axis = axes.Length - 1, step = 1; axis >= 0; axis--)
        {
            int at = Array.IndexOf(axes, axis);
            steps[at] = step;
            step *= dims[at];
        }
        var result = new float[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int to = 0;
            for (int axis = dims.Length - 1, rest = i; axis >= 0; rest /= dims[axis--]) to += rest % dims[axis] * steps[axis];
            result[to] = values[i];
        }
        return result;
    }

    private static double Epsilon(NodeProto node) => node.Attribute.FirstOrDefault(attribute => attribute.Name == "epsilon") is { } told
        ? double.Parse(told.F.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture) : 1e-5;

    private static ModelProto Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return ModelProto.Parser.ParseFrom(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: this ONNX file cannot be read: {e.Message.TrimEnd('.')}. Fetch it again.", e);
        }
    }

    private static GyrusException Other(string path, Backbone backbone, string why) =>
        new($"{path}: this ONNX file is not of {backbone.Name}: {why}. Give a file of its network whose batch normalisations are not folded.");
}
