using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Layers;

/// <summary>A scale and a shift of each channel: <c>(x - centre) * scale + shift</c>.</summary>
/// <param name="Scale">[channels].</param>
/// <param name="Centre">[channels].</param>
/// <param name="Shift">[channels].</param>
public sealed record ChannelScaling(double[] Scale, float[] Centre, float[] Shift)
{
    /// <summary>The kernel of a convolution that gives its channels scaled.</summary>
    /// <param name="kernel">Keras's kernel: filters are its last axis, so neighbours in memory belong to different
    /// filters.</param>
    public NamedTensor ScaleFilters(NamedTensor kernel)
    {
        var scaled = new float[kernel.Values.Length];
        for (int at = 0; at < scaled.Length; at += Scale.Length)
        {
            for (int c = 0; c < Scale.Length; c++) scaled[at + c] = (float)(kernel.Values[at + c] * Scale[c]);
        }
        return kernel with { Values = scaled };
    }

    /// <summary>The bias that goes with the scaled kernel.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="before">The bias before; null for none.</param>
    public NamedTensor Bias(string name, float[]? before) => new(name, [Scale.Length], Shifted(before));

    /// <summary>What becomes of a constant that each channel had: <c>(before - centre) * scale + shift</c>.</summary>
    /// <param name="before">[channels]; null for zero.</param>
    public float[] Shifted(float[]? before)
    {
        var shifted = new float[Scale.Length];
        for (int c = 0; c < shifted.Length; c++)
        {
            shifted[c] = (float)(Shift[c] + ((before?[c] ?? 0.0) - Centre[c]) * Scale[c]);
        }
        return shifted;
    }
}
