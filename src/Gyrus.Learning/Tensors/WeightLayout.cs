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
}
