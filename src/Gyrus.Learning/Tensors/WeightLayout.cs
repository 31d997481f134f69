namespace Gyrus.Learning.Tensors;

/// <summary>In what order the axes of a weight stand elsewhere; Gyrus keeps weights as Keras does. It follows from the weight's name
/// and number of axes, so that it is known of a weight in a file too.</summary>
/// <param name="Torch">For each axis of PyTorch's weight, the axis of Keras's.</param>
/// <param name="Onnx">For each axis of the weight that ONNX's operators take, the axis of Keras's.</param>
internal sealed record WeightLayout(int[] Torch, int[] Onnx)
{
    private static readonly WeightLayout Vector = new([0], [0]);

    // [in, out]: PyTorch has [out, in], and Gemm takes what Keras has.
    private static readonly WeightLayout Dense = new([1, 0], [0, 1]);

    // [channels, 1, 1]: no weight of Keras's, but one of Gyrus's own that is the same everywhere.
    private static readonly WeightLayout Channels = new([0, 1, 2], [0, 1, 2]);

    // [height, width, in, out] to [out, in, height, width].
    private static readonly WeightLayout Kernel = new([3, 2, 0, 1], [3, 2, 0, 1]);

    // [height, width, channels, 1] to [channels, 1, height, width].
    private static readonly WeightLayout DepthwiseKernel = new([2, 3, 0, 1], [2, 3, 0, 1]);

    /// <summary>The layout of a weight.</summary>
    /// <param name="name">Its name: <c>layer/variable</c>.</param>
    /// <param name="axes">The number of its axes.</param>
    /// <exception cref="NotSupportedException">No weight has so many.</exception>
    public static WeightLayout Of(string name, int axes) => axes switch
    {
        1 => Vector,
        2 => Dense,
        3 => Channels,
        4 => name.EndsWith("/depthwise_kernel", StringComparison.Ordinal) ? DepthwiseKernel : Kernel,
        _ => throw new NotSupportedException($"{name} has {axes} axes: say here in what order they stand elsewhere."),
    };

    /// <summary>The values in C order of other axes.</summary>
    /// <param name="tensor">The weight.</param>
    /// <param name="axes">For each new axis the old one.</param>
    public static float[] Permuted(NamedTensor tensor, int[] axes)
    {
        if (axes.Order().SequenceEqual(axes)) return tensor.Values;
        var steps = new int[axes.Length];
        for (int axis = axes.Length - 1, step = 1; axis >= 0; step *= tensor.Shape[axis--]) steps[axis] = step;
        var values = new float[tensor.Values.Length];
        var place = new int[axes.Length];
        int from = 0;
        for (int to = 0; to < values.Length; to++)
        {
            values[to] = tensor.Values[from];
            for (int i = axes.Length - 1; i >= 0; i--)
            {
                from += steps[axes[i]];
                if (++place[i] < tensor.Shape[axes[i]]) break;
                from -= place[i] * steps[axes[i]];
                place[i] = 0;
            }
        }
        return values;
    }
}
