using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>Lays one picture on another to a fraction of a pixel.</summary>
/// <remarks>Gauss-Newton steps on an affine map, gain and offset: S. Baker and I. Matthews, "Lucas-Kanade 20 Years On",
/// International Journal of Computer Vision 56 (2004), with weights that let what was drawn over be.</remarks>
internal static class Registration
{
    /// <summary>Six of the map, then gain and offset: one vector of eight.</summary>
    private const int Unknowns = 8;

    /// <summary>Pixels above which every second one is enough.</summary>
    private const int DensePixels = 48 * 48;

    /// <summary>Of a pixel's way at the border, below which a step changes nothing.</summary>
    private const float Still = 0.02f;

    /// <summary>Betters a map.</summary>
    /// <param name="first">The picture whose pixels are looked for.</param>
    /// <param name="second">The picture in which they are looked for.</param>
    /// <param name="start">The map to begin with; it is given back where the pictures do not overlap on it.</param>
    /// <param name="steps">The most steps.</param>
    public static Alignment Refine(GreyPicture first, GreyPicture second, Alignment start, int steps)
    {
        var map = start;
        if (Fit(first, second, map) is not var (gain, offset, spread)) return start;
        float middleX = first.Width / 2f, middleY = first.Height / 2f, unit = 2f / Math.Max(first.Width, first.Height);
        Span<float> normal = stackalloc float[Unknowns * Unknowns];
        Span<double> solution = stackalloc double[Unknowns];
        int stride = first.Width * first.Height > DensePixels ? 2 : 1;
        for (int step = 0; step < steps; step++)
        {
            var (residuals, weights) = Accumulate(
                first, second, map, gain, offset, spread, (middleX, middleY, unit), stride, normal, solution);
            if (weights < Unknowns * 4 || !Solve(normal, solution)) return map;
            spread = Math.Max(1, 1.5f * MathF.Sqrt(residuals / weights));
            gain += (float)solution[6];
            offset += (float)solution[7];
            double xx = solution[0] * unit, xy = solution[1] * unit, yx = solution[3] * unit, yy = solution[4] * unit;
            map = new Alignment(
                map.XX + xx, map.XY + xy, map.X0 + solution[2] - (xx * middleX) - (xy * middleY),
                map.YX + yx, map.YY + yy, map.Y0 + solution[5] - (yx * middleX) - (yy * middleY));
            double way = 0;
            for (int i = 0; i < 6; i++) way += Math.Abs(solution[i]);
            if (!(way < first.Width)) return start;
            if (way < Still * 6) break;
        }
        return map;
    }

    /// <summary>The normal equations of one step, their right side in <paramref name="right"/>.</summary>
    private static (float Residuals, float Weights) Accumulate(
        GreyPicture first,
        GreyPicture second,
        Alignment map,
        float gain,
        float offset,
        float spread,
        (float X, float Y, float Unit) middle,
        int stride,
        Span<float> normal,
        Span<double> right)
    {
        Vector256<float> n0 = default, n1 = default, n2 = default, n3 = default, n4 = default, n5 = default, n6 = default;
        Vector256<float> n7 = default, r = default;
        float residuals = 0, weights = 0, lessThanX = second.Width - 2, lessThanY = second.Height - 2;
        float perSpread = 1 / (spread * spread);
        for (int y = 0; y < first.Height; y++)
        {
            float v = (y - middle.Y) * middle.Unit;
            float rowX = (float)((map.XY * y) + map.X0), rowY = (float)((map.YY * y) + map.Y0);
            float perX = (float)map.XX, perY = (float)map.YX;
            for (int x = stride > 1 ? y & 1 : 0; x < first.Width; x += stride)
            {
                float atX = rowX + (perX * x), atY = rowY + (perY * x);
                if (!(atX >= 1 && atY >= 1 && atX < lessThanX && atY < lessThanY)) continue;
                var (value, slopeX, slopeY) = Sample(second, atX, atY);
                float error = first.Pixels[(y * first.Width) + x] - ((gain * value) + offset);
                float weight = 1 / (1 + (error * error * perSpread));
                residuals += weight * error * error;
                weights += weight;
                float u = (x - middle.X) * middle.Unit, gx = gain * slopeX, gy = gain * slopeY;
                var row = Vector256.Create(gx * u, gx * v, gx, gy * u, gy * v, gy, value, 1);
                var weighted = row * weight;
                n0 = Vector256.FusedMultiplyAdd(Vector256.Create(weighted.GetElement(0)), row, n0);
                n1 = Vector256.FusedMultiplyAdd(Vector256.Create(weighted.GetElement(1)), row, n1);
                n2 = Vector256.FusedMultiplyAdd(Vector256.Create(weighted.GetElement(2)), row, n2);
                n3 = Vector256.FusedMultiplyAdd(Vector256.Create(weighted.GetElement(3)), row, n3);
                n4 = Vector256.FusedMultiplyAdd(Vector256.Create(weighted.GetElement(4)), row, n4);
                n5 = Vector256.FusedMultiplyAdd(Vector256.Create(weighted.GetElement(5)), row, n5);
                n6 = Vector256.FusedMultiplyAdd(Vector256.Create(weighted.GetElement(6)), row, n6);
                n7 += weighted;
                r = Vector256.FusedMultiplyAdd(weighted, Vector256.Create(error), r);
            }
        }
        n0.CopyTo(normal);
        n1.CopyTo(normal[8..]);
        n2.CopyTo(normal[16..]);
        n3.CopyTo(normal[24..]);
        n4.CopyTo(normal[32..]);
        n5.CopyTo(normal[40..]);
        n6.CopyTo(normal[48..]);
        n7.CopyTo(normal[56..]);
        for (int i = 0; i < Unknowns; i++) right[i] = r[i];
        return (residuals, weights);
    }

    /// <summary>Gain and offset by least squares and how far the values are apart then; null where the pictures hardly
    /// overlap or go against one another.</summary>
    private static (float Gain, float Offset, float Spread)? Fit(GreyPicture first, GreyPicture second, Alignment map)
    {
        float n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;
        for (int y = 0; y < first.Height; y++)
        {
            for (int x = 0; x < first.Width; x++)
            {
                float atX = (float)((map.XX * x) + (map.XY * y) + map.X0), atY = (float)((map.YX * x) + (map.YY * y) + map.Y0);
                if (!(atX >= 1 && atY >= 1 && atX < second.Width - 2 && atY < second.Height - 2)) continue;
                float p = first.Pixels[(y * first.Width) + x];
                float q = second.Pixels[((int)(atY + 0.5f) * second.Width) + (int)(atX + 0.5f)];
                n++;
                a += p;
                b += q;
                aa += p * p;
                bb += q * q;
                ab += p * q;
            }
        }
        if (n < Unknowns * 4) return null;
        float variance = (bb / n) - (b / n * (b / n)), covariance = (ab / n) - (a / n * (b / n));
        if (variance < 1 || covariance <= 0) return null;
        float gain = covariance / variance;
        float left = (aa / n) - (a / n * (a / n)) - (gain * covariance);
        return (gain, (a / n) - (gain * b / n), Math.Max(1, 1.5f * MathF.Sqrt(Math.Max(0, left))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (float Value, float SlopeX, float SlopeY) Sample(GreyPicture picture, float x, float y)
    {
        int left = (int)x, top = (int)y, width = picture.Width;
        float u = x - left, v = y - top;
        var p = picture.Pixels;
        int at = (top * width) + left;
        float a = p[at], b = p[at + 1], c = p[at + width], d = p[at + width + 1];
        float here = a + ((c - a) * v), next = b + ((d - b) * v);
        float upper = a + ((b - a) * u), lower = c + ((d - c) * u);
        float before = p[at - 1] + ((p[at + width - 1] - p[at - 1]) * v);
        float after = p[at + 2] + ((p[at + width + 2] - p[at + 2]) * v);
        float above = p[at - width] + ((p[at - width + 1] - p[at - width]) * u);
        float under = p[at + (2 * width)] + ((p[at + (2 * width) + 1] - p[at + (2 * width)]) * u);
        float slopeX = ((next - before) * (1 - u) / 2) + ((after - here) * u / 2);
        float slopeY = ((lower - above) * (1 - v) / 2) + ((under - upper) * v / 2);
        return (upper + ((lower - upper) * v), slopeX, slopeY);
    }

    /// <summary>Cholesky, of the upper half; the solution takes the right side's place.</summary>
    private static bool Solve(Span<float> normal, Span<double> right)
    {
        Span<double> factor = stackalloc double[Unknowns * Unknowns];
        for (int i = 0; i < Unknowns; i++)
        {
            double pivot = normal[(i * Unknowns) + i] * (1 + 1e-5);
            for (int k = 0; k < i; k++) pivot -= factor[(k * Unknowns) + i] * factor[(k * Unknowns) + i];
            if (!(pivot > 1e-9)) return false;
            pivot = Math.Sqrt(pivot);
            factor[(i * Unknowns) + i] = pivot;
            for (int j = i + 1; j < Unknowns; j++)
            {
                double sum = normal[(i * Unknowns) + j];
                for (int k = 0; k < i; k++) sum -= factor[(k * Unknowns) + i] * factor[(k * Unknowns) + j];
                factor[(i * Unknowns) + j] = sum / pivot;
            }
        }
        for (int i = 0; i < Unknowns; i++)
        {
            for (int k = 0; k < i; k++) right[i] -= factor[(k * Unknowns) + i] * right[k];
            right[i] /= factor[(i * Unknowns) + i];
        }
        for (int i = Unknowns - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < Unknowns; k++) right[i] -= factor[(i * Unknowns) + k] * right[k];
            right[i] /= factor[(i * Unknowns) + i];
        }
        return true;
    }
}
