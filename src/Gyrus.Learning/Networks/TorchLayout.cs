using Gyrus.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Networks;

/// <summary>Between Keras's layout of weights and PyTorch's (<see cref="WeightLayout"/>).</summary>
public static class TorchLayout
{
    /// <summary>Makes the PyTorch tensor of a Keras weight.</summary>
    public static Tensor ToTorch(NamedTensor tensor)
    {
        using var scope = NewDisposeScope();
        var keras = torch.tensor(tensor.Values).reshape([.. tensor.Shape.Select(size => (long)size)]);
        return keras.permute(Order(tensor.Name, tensor.Shape.Count)).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Makes the Keras weight of a PyTorch tensor.</summary>
    /// <param name="name">The weight's name.</param>
    /// <param name="tensor">The tensor, on any device.</param>
    public static NamedTensor ToKeras(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var order = Order(name, (int)tensor.dim());
        var inverse = Enumerable.Range(0, order.Length).Select(i => (long)Array.IndexOf(order, i)).ToArray();
        var keras = tensor.detach().cpu().permute(inverse).contiguous();
        return new NamedTensor(name, [.. keras.shape.Select(size => (int)size)], keras.data<float>().ToArray());
    }

    private static long[] Order(string name, int axes) =>
        [.. WeightLayout.Of(name, axes).Torch.Select(axis => (long)axis)];
}
