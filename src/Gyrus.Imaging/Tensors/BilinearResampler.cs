using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Imaging.Tensors;

/// <summary>
/// Separable resampling with <see cref="TriangleFilter"/>, in single precision. For each destination row the source
/// rows are blended into one buffer, which is then filtered across, so that the working memory is one row.
/// Products are not fused with sums: the result is the same on every processor.
/// </summary>
internal static class BilinearResampler
{
    /// <summary>Stretches a canvas with a scan on it to [size, size].</summary>
    public static void Write(Scan scan, Canvas canvas, int size, NormalisedPlanes planes)
    {
        using var down = new TriangleFilter(canvas.Height, size);
        using var across = new TriangleFilter(canvas.Width, size);
        // Grey of more than 8 bits is one channel, which all three take.
        int channels = scan.Levels is null ? 3 : 1, stride = channels * scan.Width;
        var buffer = ArrayPool<float>.Shared.Rent(stride + 1);
        // One value more than a row, since a pixel is read as four values.
        var row = buffer.AsSpan(0, stride + 1);
        for (int y = 0; y < size; y++)
        {
            row.Clear();
            var weights = down.Weights(y);
            int first = down.Start(y) - canvas.Top;
            for (int k = Math.Max(0, -first); k < Math.Min(weights.Length, scan.Height - first); k++)
            {
                if (weights[k] == 0) continue;
                if (scan.Levels is { } levels) AddRow(levels.AsSpan((first + k) * stride, stride), weights[k], row[..stride]);
                else AddRow(scan.Rgb.AsSpan((first + k) * stride, stride), weights[k], row[..stride]);
            }
            FilterRow(row, channels, across, canvas.Left, planes, y * size, size);
        }
        ArrayPool<float>.Shared.Return(buffer);
    }

    // Optimised at once: as the runtime would start it, each of the first images costs four times as much.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(ReadOnlySpan<byte> source, float weight, Span<float> sum)
    {
        var eights = MemoryMarshal.Cast<byte, ulong>(source);
        var sums = MemoryMarshal.Cast<float, Vector256<float>>(sum)[..eights.Length];
        for (int i = 0; i < eights.Length; i++) sums[i] += weight * ToSingle(eights[i]);
        for (int i = 8 * eights.Length; i < source.Length; i++) sum[i] += weight * source[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(ReadOnlySpan<float> source, float weight, Span<float> sum)
    {
        var eights = MemoryMarshal.Cast<float, Vector256<float>>(source);
        var sums = MemoryMarshal.Cast<float, Vector256<float>>(sum)[..eights.Length];
        for (int i = 0; i < eights.Length; i++) sums[i] += weight * eights[i];
        for (int i = 8 * eights.Length; i < source.Length; i++) sum[i] += weight * source[i];
    }

    private static Vector256<float> ToSingle(ulong eightBytes)
    {
        var shorts = Vector128.WidenLower(Vector128.CreateScalarUnsafe(eightBytes).AsByte());
        return Vector256.ConvertToSingle(Vector256.WidenLower(shorts.ToVector256Unsafe()).AsInt32());
    }

    // Weights beyond the scan are of black pixels and add nothing.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FilterRow(
        ReadOnlySpan<float> row, int channels, TriangleFilter filter, int left, NormalisedPlanes planes, int first, int size)
    {
        int width = (row.Length - 1) / channels;
        for (int x = 0; x < size; x++)
        {
            int start = filter.Start(x) - left;
            int from = Math.Max(0, -start);
            int taps = Math.Min(filter.Taps, width - start) - from;
            var rgb = Vector128<float>.Zero;
            if (taps > 0)
            {
                var weights = filter.Weights(x).Slice(from, taps);
                var window = row.Slice(channels * (start + from), (channels * taps) + 1);
                if (channels == 1)
                {
                    for (int k = 0; k < weights.Length; k++) rgb += weights[k] * Vector128.Create(window[k]);
                }
                else
                {
                    for (int k = 0; k < weights.Length; k++) rgb += weights[k] * Vector128.Create(window[(3 * k)..]);
                }
            }
            planes.Set(first + x, rgb);
        }
    }
}

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
