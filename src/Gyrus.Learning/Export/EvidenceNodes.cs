using Gyrus.Learning.Layers;
using Gyrus.Learning.Onnx;

namespace Gyrus.Learning.Export;

/// <summary>
/// Where a network sees a tumour, as operators behind its own: the sum over channels k of A_k(x, y) g_k / (H W), where A
/// is the last feature map and g the gradient of the tumour's log-odds with respect to the pooled features. This is
/// Grad-CAM (Selvaraju et al. 2017) with the sign kept; without hidden layers in the head it is CAM (Zhou et al. 2016),
/// and the cells add up to the features' whole share of the log-odds.
/// </summary>
/// <remarks>
/// The log-odds are logsumexp(logits of tumours) - logsumexp(logits of the healthy), so their gradient with respect to
/// the logits is the softmax among tumours minus that among the healthy. From there it goes back through the head, whose
/// layers are dense or ReLU.
/// </remarks>
internal static class EvidenceNodes
{
    /// <summary>Added to a logit to take it out of a softmax: below every logit, and far from float32's end.</summary>
    private const float Out = -1e30f;

    /// <summary>The operators and their constants.</summary>
    /// <param name="model">The network, dropout taken out.</param>
    /// <param name="map">The size of its feature map.</param>
    /// <param name="values">The name in the graph of each layer's output.</param>
    /// <param name="output">The name of the output that is made, [N, H, W].</param>
    /// <exception cref="ArgumentException">The features are no mean over the feature map, or the head has other layers
    /// than dense and ReLU.</exception>
    public static (IReadOnlyList<NodeProto> Nodes, IReadOnlyList<TensorProto> Constants) Of(
        OnnxModel model, LayerShape map, IReadOnlyDictionary<string, string> values, string output)
    {
        string Name(string part) => $"{output}/{part}";
        var logits = values[model.Network.Output];
        List<TensorProto> constants =
        [
            OnnxConstants.Floats(Name("tumours"), [.. model.Labels.All.Select(label => label.IsTumour == true ? 0 : Out)]),
            OnnxConstants.Floats(Name("healthy"), [.. model.Labels.All.Select(label => label.IsTumour == true ? Out : 0)]),
            OnnxConstants.Floats(Name("area"), map.Height * map.Width),
            OnnxConstants.Integers(Name("row"), 0, 1, map.Channels),
            OnnxConstants.Integers(Name("flat"), 0, map.Channels, map.Height * map.Width),
            OnnxConstants.Integers(Name("shape"), 0, map.Height, map.Width),
        ];
        List<NodeProto> nodes = [];
        string Add(string type, string result, params ReadOnlySpan<string> inputs)
        {
            nodes.Add(OnnxNodes.Node(type, result, result, inputs));
            return result;
        }
        string Share(string among) => Add("Softmax", Name($"{among}/share"),
            Add("Add", Name($"{among}/logits"), logits, Name(among)));

        var gradient = Add("Sub", Name("gradient"), Share("tumours"), Share("healthy")); // [N, L]
        foreach (var layer in Head(model))
        {
            switch (layer)
            {
                case Dense dense:
                    gradient = Add("Gemm", Name(dense.Name), gradient, $"{dense.Name}/kernel"); // [N, in]
                    nodes[^1].Attribute.Add(OnnxNodes.Integer("transB", 1));
                    break;
                case Relu relu:
                    var open = Add("Sign", Name($"{relu.Name}/open"), values[relu.Name]); // 1 where it let through, else 0
                    gradient = Add("Mul", Name(relu.Name), gradient, open);
                    break;
            }
        }
        gradient = Add("Div", Name("weights"), gradient, Name("area"));
        Add("MatMul", Name("sum"),
            Add("Reshape", Name("weights/row"), gradient, Name("row")), // [N, 1, F]
            Add("Reshape", Name("cells"), values[model.FeatureMapLayer], Name("flat"))); // [N, F, H * W]
        nodes.Add(OnnxNodes.Node("Reshape", output, output, Name("sum"), Name("shape"))); // [N, H, W]
        return (nodes, constants);
    }

    /// <summary>The layers behind the features, the last first: dense or ReLU.</summary>
    /// <exception cref="ArgumentException">There are others, or the features are no mean over the feature map.</exception>
    internal static IReadOnlyList<Layer> Head(OnnxModel model)
    {
        var layers = model.Network.Layers.ToDictionary(layer => layer.Name);
        if (layers[model.FeatureLayer] is not GlobalAveragePooling pooling || pooling.From != model.FeatureMapLayer)
        {
            throw new ArgumentException(
                $"{model.FeatureLayer} is not the mean over {model.FeatureMapLayer}, so there is no evidence map.");
        }
        List<Layer> head = [];
        for (var layer = layers[model.Network.Output]; layer.Name != model.FeatureLayer; layer = layers[layer.Inputs[0]])
        {
            if (layer is not (Dense or Relu))
                throw new ArgumentException($"{layer.Name}: no evidence map goes through {layer.GetType().Name}.");
            head.Add(layer);
        }
        return head;
    }
}
