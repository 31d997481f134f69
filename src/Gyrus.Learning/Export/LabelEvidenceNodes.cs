using Gyrus.Learning.Layers;
using Gyrus.Learning.Onnx;

namespace Gyrus.Learning.Export;

/// <summary>
/// Where a network sees each label, as operators behind its own: how much each cell of the last feature map adds to each logit, to first
/// order. A logit l has sum over channels k of A_k(x, y) g_lk / (H W), where A is the map and g_l the gradient of the logit with respect to
/// the pooled features (Grad-CAM, Selvaraju et al. 2017, with the sign kept). Whatever is a function of the logits has a map from this: the
/// sum over labels of its derivative by a logit times that logit's map, which is how log-odds of one label against all others are had.
/// </summary>
/// <remarks>
/// The cells are pushed forward through the head, linear about the image, and not a gradient of each label back: with L labels, a
/// head of F features and C cells that is C F L multiplications instead of L L F, and at a thousand labels it is hardly seen beside the backbone.
/// </remarks>
internal static class LabelEvidenceNodes
{
    /// <summary>The operators and their constants.</summary>
    /// <param name="model">The network, dropout taken out.</param>
    /// <param name="map">The size of its feature map.</param>
    /// <param name="labels">The number of logits.</param>
    /// <param name="values">The name in the graph of each layer's output.</param>
    /// <param name="output">The name of the output that is made, [N, L, H, W].</param>
    /// <exception cref="ArgumentException">The features are no mean over the feature map, or the head has other layers
    /// than dense and ReLU.</exception>
    public static (IReadOnlyList<NodeProto> Nodes, IReadOnlyList<TensorProto> Constants) Of(
        OnnxModel model, LayerShape map, int labels, IReadOnlyDictionary<string, string> values, string output)
    {
        string Name(string part) => $"{output}/{part}";
        List<TensorProto> constants =
        [
            OnnxConstants.Floats(Name("area"), map.Height * map.Width),
            OnnxConstants.Integers(Name("flat"), 0, map.Channels, map.Height * map.Width),
            OnnxConstants.Integers(Name("shape"), 0, labels, map.Height, map.Width),
        ];
        List<NodeProto> nodes = [];
        string Add(string type, string result, params ReadOnlySpan<string> inputs)
        {
            nodes.Add(OnnxNodes.Node(type, result, result, inputs));
            return result;
        }
        string Turned(string result, string of)
        {
            Add("Transpose", result, of);
            nodes[^1].Attribute.Add(OnnxNodes.Integers("perm", 0, 2, 1));
            return result;
        }

        var cells = Turned(Name("cells"), Add("Div", Name("share"), // A cell is 1 / (H W) of the mean.
            Add("Reshape", Name("map"), values[model.FeatureMapLayer], Name("flat")), Name("area"))); // [N, H * W, F]
        foreach (var layer in EvidenceNodes.Head(model).Reverse())
        {
            switch (layer)
            {
                case Dense dense:
                    cells = Add("MatMul", Name(dense.Name), cells, $"{dense.Name}/kernel"); // [N, H * W, out]
                    break;
                case Relu relu:
                    constants.Add(OnnxConstants.Integers(Name($"{relu.Name}/row"), 0, 1, -1));
                    var open = Add("Sign", Name($"{relu.Name}/open"), values[relu.Name]); // 1 where it let through, else 0
                    cells = Add("Mul", Name(relu.Name), cells, Add("Reshape", Name($"{relu.Name}/open/row"), open, Name($"{relu.Name}/row")));
                    break;
            }
        }
        Add("Reshape", output, Turned(Name("labels"), cells), Name("shape")); // [N, L, H, W]
        return (nodes, constants);
    }
}
