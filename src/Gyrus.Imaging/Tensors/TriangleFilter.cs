using System.Buffers;

namespace Gyrus.Imaging.Tensors;

/// <summary>
/// The weights with which one axis is resampled by a triangle (bilinear) filter. Where the axis shrinks, the filter
/// is as wide as the reduction, so that nothing aliases; where it grows, this is linear interpolation. Pixel centres
/// are at half positions: Pillow's <c>BILINEAR</c> and torch's <c>antialias=True</c>.
/// </summary>
internal readonly struct TriangleFilter : IDisposable
{
    private readonly int[] starts;
    private readonly float[] weights;

    /// <summary>Computes the weights.</summary>
    /// <param name="sourceLength">Positions of the source along the axis.</param>
    /// <param name="length">Positions of the destination along the axis.</param>
    public TriangleFilter(int sourceLength, int length)
    {
        double step = (double)sourceLength / length;
        double support = Math.Max(step, 1);
        Taps = Math.Min(2 * (int)Math.Ceiling(support) + 1, sourceLength);
        starts = ArrayPool<int>.Shared.Rent(length);
        weights = ArrayPool<float>.Shared.Rent(checked(length * Taps));
        for (int i = 0; i < length; i++)
        {
            double centre = (i + 0.5) * step;
            // Clamped so that all taps lie inside: those beyond the support have the weight 0.
            starts[i] = Math.Clamp((int)(centre - support + 0.5), 0, sourceLength - Taps);
            Fill(weights.AsSpan(i * Taps, Taps), starts[i] + 0.5 - centre, support);
        }
    }

    /// <summary>Source positions that take part in one destination position; the same for all.</summary>
    public int Taps { get; }

    /// <summary>The first source position of a destination position.</summary>
    public int Start(int index) => starts[index];

    /// <summary>The weights of a destination position: [<see cref="Taps"/>], each at least 0, together 1.</summary>
    public ReadOnlySpan<float> Weights(int index) => weights.AsSpan(index * Taps, Taps);

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(starts);
        ArrayPool<float>.Shared.Return(weights);
    }

    private static void Fill(Span<float> taps, double firstDistance, double support)
    {
        double sum = 0;
        for (int k = 0; k < taps.Length; k++) sum += Triangle((firstDistance + k) / support);
        for (int k = 0; k < taps.Length; k++) taps[k] = (float)(Triangle((firstDistance + k) / support) / sum);
    }

    private static double Triangle(double distance) => Math.Max(0, 1 - Math.Abs(distance));
}
