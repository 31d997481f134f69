using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Import;

/// <summary>A classifier of two labels that gives one number, the log-odds of the second, as one that gives two: a softmax of 0 and z is 1 - s and s, where s is the sigmoid of z.</summary>
internal static class BinaryHead
{
    /// <summary>Whether a network gives one number.</summary>
    public static bool Has(LayerGraph network) => network.Layers[^1] is Dense { Units: 1 };

    /// <summary>The same network with two logits.</summary>
    /// <param name="network">A network whose last layer is dense, of one unit.</param>
    /// <param name="tensors">Its weights.</param>
    public static (LayerGraph Network, TensorTable Tensors) Doubled(LayerGraph network, TensorTable tensors)
    {
        var last = (Dense)network.Layers[^1];
        var two = last with { Units = 2 };
        NamedTensor Beside(NamedTensor one) => new(one.Name, [.. one.Shape.SkipLast(1), 2], [.. one.Values.SelectMany(value => new[] { 0, value })]);
        var own = last.Variables.Select(variable => variable.Name).ToHashSet();
        return (new LayerGraph([.. network.Layers.SkipLast(1), two]), new TensorTable(tensors.Tensors.Select(tensor => own.Contains(tensor.Name) ? Beside(tensor) : tensor)));
    }
}
