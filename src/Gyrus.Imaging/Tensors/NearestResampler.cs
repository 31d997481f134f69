using System.Buffers;
using System.Runtime.Intrinsics;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Imaging.Tensors;

/// <summary>Nearest neighbour as Pillow does it, and so Keras's <c>load_img</c>: the source pixel under the centre of
/// the destination pixel.</summary>
internal static class NearestResampler
{
    /// <summary>Stretches a canvas with a scan on it to [size, size].</summary>
    public static void Write(Scan scan, Canvas canvas, int size, NormalisedPlanes planes)
    {
        var pool = ArrayPool<int>.Shared;
        var columns = pool.Rent(size);
        var rows = pool.Rent(size);
        FillSources(columns.AsSpan(0, size), canvas.Width);
        FillSources(rows.AsSpan(0, size), canvas.Height);
        for (int y = 0; y < size; y++)
        {
            int top = rows[y] - canvas.Top;
            for (int x = 0; x < size; x++)
            {
                int left = columns[x] - canvas.Left;
                bool inside = top >= 0 && top < scan.Height && left >= 0 && left < scan.Width;
                planes.Set(y * size + x, inside ? Pixel(scan, (top * scan.Width) + left) : Vector128<float>.Zero);
            }
        }
        pool.Return(columns);
        pool.Return(rows);
    }

    private static Vector128<float> Pixel(Scan scan, int at) =>
        scan.Levels is { } levels ? Vector128.Create(levels[at]) : Vector128.Create(scan.Rgb[3 * at], scan.Rgb[(3 * at) + 1], scan.Rgb[(3 * at) + 2], 0f);

    /// <summary>The source position of each destination position along one axis.</summary>
    /// <remarks>The step is added up rather than multiplied: where a centre falls on the border of two pixels, the
    /// rounding of the sum decides, and Pillow adds up.</remarks>
    internal static void FillSources(Span<int> sources, int sourceLength)
    {
        double step = (double)sourceLength / sources.Length;
        double centre = step * 0.5;
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i] = Math.Min((int)centre, sourceLength - 1);
            centre += step;
        }
    }
}
