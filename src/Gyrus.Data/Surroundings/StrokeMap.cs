using System.Buffers;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Data.Surroundings;

/// <summary>
/// How much an image looks like writing, pixel by pixel: the root of the smaller eigenvalue of the structure tensor
/// (Förstner and Gülch, 1987) in grey levels a pixel. Writing has edges in every direction close together; the
/// outline of a head, the curve of a head holder and the side of a margin have edges in one.
/// </summary>
/// <param name="Width">Pixels across, of the scan reduced by <paramref name="Scale"/>.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Scale">How many pixels of the scan go into one along each axis.</param>
/// <param name="Strength">[Height, Width]; 0 inside the head.</param>
internal sealed record StrokeMap(int Width, int Height, int Scale, float[] Strength)
{
    private const int LongestSide = 800;

    // Half the window: letters are larger than the window, or come close together.
    private const int Reach = 4;

    /// <summary>Makes the map of what is outside the head.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="head">Its head; null looks at the whole image.</param>
    public static StrokeMap From(Scan scan, HeadMask? head)
    {
        int scale = (Math.Max(scan.Width, scan.Height) + LongestSide - 1) / LongestSide;
        int width = scan.Width / scale, height = scan.Height / scale;
        var hidden = Hidden(scan, head, scale, width, height);
        var grey = Grey(scan, scale, width, height, BackgroundIsDark(scan, head));
        HeadHolder.Hide(grey, width, height, hidden);
        var xx = new float[width * height];
        var yy = new float[width * height];
        var xy = new float[width * height];
        for (int y = 1; y < height - 1; y++)
        {
            for (int x = 1; x < width - 1; x++)
            {
                int i = y * width + x;
                if (hidden[i]) continue;
                float dx = (grey[i + 1] - grey[i - 1]) / 2f, dy = (grey[i + width] - grey[i - width]) / 2f;
                (xx[i], yy[i], xy[i]) = (dx * dx, dy * dy, dx * dy);
            }
        }
        Average(xx, width, height);
        Average(yy, width, height);
        Average(xy, width, height);
        for (int i = 0; i < xx.Length; i++)
        {
            float mean = (xx[i] + yy[i]) / 2, half = (xx[i] - yy[i]) / 2;
            xx[i] = MathF.Sqrt(Math.Max(0, mean - MathF.Sqrt(half * half + xy[i] * xy[i])));
        }
        return new StrokeMap(width, height, scale, xx);
    }

    private static bool[] Hidden(Scan scan, HeadMask? head, int scale, int width, int height)
    {
        var hidden = new bool[width * height];
        if (head is null) return hidden;
        for (int y = 0; y < height; y++)
        {
            var row = head.Inside.AsSpan(y * scale * scan.Width, scan.Width);
            for (int x = 0; x < width; x++) hidden[y * width + x] = row[x * scale];
        }
        return hidden;
    }

    private static bool BackgroundIsDark(Scan scan, HeadMask? head)
    {
        long sum = 0, count = 0;
        for (int i = 0; i < scan.Width * scan.Height; i++)
        {
            if (head is not null && head.Inside[i]) continue;
            sum += scan.Rgb[3 * i + 1];
            count++;
        }
        return sum < 128 * count;
    }

    /// <summary>The brightest of a pixel's colours on a dark background and the darkest on a bright one, so that
    /// coloured writing stands out as white or black writing does.</summary>
    private static float[] Grey(Scan scan, int scale, int width, int height, bool brightest)
    {
        var grey = new float[width * height];
        for (int y = 0; y < height * scale; y++)
        {
            var row = scan.Rgb.AsSpan(y * scan.Width * 3);
            var to = grey.AsSpan(y / scale * width, width);
            for (int x = 0, at = 0; x < width; x++)
            {
                int sum = 0;
                for (int end = at + 3 * scale; at < end; at += 3)
                {
                    byte r = row[at], g = row[at + 1], b = row[at + 2];
                    sum += brightest ? Math.Max(r, Math.Max(g, b)) : Math.Min(r, Math.Min(g, b));
                }
                to[x] += sum;
            }
        }
        float unit = 1f / (scale * scale);
        for (int i = 0; i < grey.Length; i++) grey[i] *= unit;
        return grey;
    }

    /// <summary>The mean over a square window, in place; what is beyond the image counts as 0.</summary>
    private static void Average(float[] values, int width, int height)
    {
        const float Unit = 1f / ((2 * Reach + 1) * (2 * Reach + 1));
        var line = new float[width];
        for (int y = 0; y < height; y++)
        {
            var row = values.AsSpan(y * width, width);
            row.CopyTo(line);
            float sum = 0;
            for (int x = 0; x < Math.Min(Reach, width); x++) sum += line[x];
            for (int x = 0; x < width; x++)
            {
                if (x + Reach < width) sum += line[x + Reach];
                if (x - Reach - 1 >= 0) sum -= line[x - Reach - 1];
                row[x] = sum;
            }
        }
        var source = ArrayPool<float>.Shared.Rent(values.Length);
        values.AsSpan().CopyTo(source);
        var sums = new float[width];
        for (int y = 0; y < Math.Min(Reach, height); y++) Add(source.AsSpan(y * width, width), 1, sums);
        for (int y = 0; y < height; y++)
        {
            if (y + Reach < height) Add(source.AsSpan((y + Reach) * width, width), 1, sums);
            if (y - Reach - 1 >= 0) Add(source.AsSpan((y - Reach - 1) * width, width), -1, sums);
            for (int x = 0; x < width; x++) values[y * width + x] = sums[x] * Unit;
        }
        ArrayPool<float>.Shared.Return(source);
    }

    private static void Add(ReadOnlySpan<float> row, float factor, float[] sums)
    {
        for (int x = 0; x < sums.Length; x++) sums[x] += factor * row[x];
    }
}
