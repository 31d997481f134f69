using System.Buffers;
using System.Runtime.Intrinsics;

namespace Gyrus.Imaging;

/// <summary>Resizes RGB with the triangle filter of <see cref="ResampleWeights"/>: across, then down.</summary>
internal static class BilinearResampler
{
    /// <summary>Resizes a scan to a square.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="size">Width and height of the result.</param>
    /// <param name="red">Takes the red values, [size, size], 0 to 255, not rounded.</param>
    /// <param name="green">Takes the green values.</param>
    /// <param name="blue">Takes the blue values.</param>
    public static void Resize(Scan scan, int size, Span<float> red, Span<float> green, Span<float> blue)
    {
        // One pixel is one vector, red, green, blue and nothing: every step treats the channels at once.
        var pixels = ArrayPool<Vector128<float>>.Shared.Rent(scan.Width);
        var narrowed = ArrayPool<Vector128<float>>.Shared.Rent(scan.Height * size);
        try
        {
            var across = ResampleWeights.Triangle(scan.Width, size);
            for (int y = 0; y < scan.Height; y++)
            {
                Expand(scan.Rgb.AsSpan(y * scan.Width * 3, scan.Width * 3), pixels);
                Narrow(pixels, across, narrowed.AsSpan(y * size, size));
            }
            var down = ResampleWeights.Triangle(scan.Height, size);
            for (int y = 0; y < size; y++)
            {
                var weights = down.Values.AsSpan(down.Offsets[y]..down.Offsets[y + 1]);
                var rows = narrowed.AsSpan(down.First[y] * size, weights.Length * size);
                int target = y * size;
                Sum(rows, weights, red.Slice(target, size), green.Slice(target, size), blue.Slice(target, size));
            }
        }
        finally
        {
            ArrayPool<Vector128<float>>.Shared.Return(pixels);
            ArrayPool<Vector128<float>>.Shared.Return(narrowed);
        }
    }

    private static void Expand(ReadOnlySpan<byte> row, Span<Vector128<float>> pixels)
    {
        for (int x = 0, i = 0; i + 2 < row.Length; x++, i += 3)
        {
            pixels[x] = Vector128.ConvertToSingle(Vector128.Create(row[i], row[i + 1], row[i + 2], 0));
        }
    }

    private static void Narrow(
        ReadOnlySpan<Vector128<float>> pixels, ResampleWeights across, Span<Vector128<float>> target)
    {
        for (int x = 0; x < target.Length; x++)
        {
            var weights = across.Values.AsSpan(across.Offsets[x]..across.Offsets[x + 1]);
            var source = pixels.Slice(across.First[x], weights.Length);
            var sum = Vector128<float>.Zero;
            for (int i = 0; i < source.Length; i++) sum += source[i] * weights[i];
            target[x] = sum;
        }
    }

    private static void Sum(
        ReadOnlySpan<Vector128<float>> rows,
        ReadOnlySpan<float> weights,
        Span<float> red,
        Span<float> green,
        Span<float> blue)
    {
        for (int x = 0; x < red.Length; x++)
        {
            var sum = Vector128<float>.Zero;
            for (int i = 0; i < weights.Length; i++) sum += rows[(i * red.Length) + x] * weights[i];
            red[x] = sum[0];
            green[x] = sum[1];
            blue[x] = sum[2];
        }
    }
}
