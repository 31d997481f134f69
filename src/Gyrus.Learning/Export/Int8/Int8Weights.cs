namespace Gyrus.Learning.Export.Int8;

/// <summary>A convolution's weights in whole numbers, symmetric around zero, with a scale for each filter.</summary>
/// <param name="Kernel">[filters * rest]: multiples of the filter's scale, -<see cref="Largest"/> to
/// <see cref="Largest"/> unless other ends are asked for.</param>
/// <param name="Scales">[filters].</param>
/// <param name="Bias">[filters]: multiples of <see cref="Scales"/> times the input's scale; null where there is
/// none.</param>
public sealed record Int8Weights(sbyte[] Kernel, float[] Scales, int[]? Bias)
{
    /// <summary>
    /// The largest multiple. x86 without VNNI multiplies values of 0 to 255 by weights and adds the products in pairs that are cut off
    /// at 16 bits (VPMADDUBSW; Intel's manual, volume 2): 2 * 255 * 64 is below 32,767, and so is every pair. ONNX Runtime's guide to
    /// quantisation calls it a reduced range.
    /// </summary>
    public const int Largest = 64;

    // Leaves the sum of products, which is added to the bias in 32 bits, room beside it.
    private const double LargestBias = 1 << 30;

    /// <summary>Rounds a convolution's weights.</summary>
    /// <param name="kernel">[filters, in, height, width].</param>
    /// <param name="bias">[filters], or nothing.</param>
    /// <param name="filters">The number of filters.</param>
    /// <param name="inputScale">The scale of what the convolution takes, above 0.</param>
    /// <param name="largest">The largest multiple, to 127.</param>
    /// <returns>The weights. A filter of almost nothing beside a large bias, as batch norm can leave one, gets a scale in
    /// which the bias can be said.</returns>
    public static Int8Weights Round(
        ReadOnlySpan<float> kernel, ReadOnlySpan<float> bias, int filters, float inputScale, int largest = Largest)
    {
        int size = kernel.Length / filters;
        var rounded = new sbyte[kernel.Length];
        var scales = new float[filters];
        var biases = bias.IsEmpty ? null : new int[filters];
        for (int f = 0; f < filters; f++)
        {
            float extreme = 0;
            foreach (var value in kernel.Slice(f * size, size)) extreme = Math.Max(extreme, Math.Abs(value));
            double least = bias.IsEmpty ? 0 : Math.Abs((double)bias[f]) / (inputScale * LargestBias);
            var scale = (float)Math.Max(Math.Max(extreme / largest, least), ValueRange.LeastScale);
            scales[f] = scale;
            for (int i = f * size; i < (f + 1) * size; i++)
            {
                rounded[i] = (sbyte)Math.Clamp(MathF.Round(kernel[i] / scale), -largest, largest);
            }
            if (biases is not null) biases[f] = (int)Math.Round(bias[f] / ((double)inputScale * scale));
        }
        return new Int8Weights(rounded, scales, biases);
    }
}
