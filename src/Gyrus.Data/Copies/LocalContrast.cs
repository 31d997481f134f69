using Gyrus.Imaging.Grey;

namespace Gyrus.Data.Copies;

/// <summary>
/// Takes a picture's large differences away, so that what is inside a head is seen beside the skull: each pixel against
/// the mean and the deviation of its surroundings.
/// </summary>
internal static class LocalContrast
{
    /// <summary>Of the longer side: pixels that the surroundings reach each way.</summary>
    private const double Reach = 0.12;

    /// <summary>Grey levels added to the deviation, so that noise in plain parts stays small.</summary>
    private const double Noise = 15;

    /// <summary>Grey levels, around 128, for one deviation.</summary>
    private const double Gain = 50;

    /// <summary>The picture of the same size; 128 where a pixel is as its surroundings.</summary>
    public static GreyPicture Of(GreyPicture picture)
    {
        int width = picture.Width, height = picture.Height, stride = width + 1;
        var sums = new long[stride * (height + 1)];
        var squares = new long[stride * (height + 1)];
        for (int y = 0; y < height; y++)
        {
            long sum = 0, square = 0;
            for (int x = 0; x < width; x++)
            {
                int pixel = picture.Pixels[(y * width) + x];
                sum += pixel;
                square += pixel * pixel;
                int at = ((y + 1) * stride) + x + 1;
                sums[at] = sums[at - stride] + sum;
                squares[at] = squares[at - stride] + square;
            }
        }
        int reach = Math.Max(1, (int)Math.Round(Reach * Math.Max(width, height)));
        var result = new byte[picture.Pixels.Length];
        for (int y = 0; y < height; y++)
        {
            int top = Math.Max(0, y - reach), bottom = Math.Min(height, y + reach + 1);
            for (int x = 0; x < width; x++)
            {
                int left = Math.Max(0, x - reach), right = Math.Min(width, x + reach + 1);
                double area = (bottom - top) * (right - left);
                int a = (top * stride) + left, b = (top * stride) + right, c = (bottom * stride) + left, d = (bottom * stride) + right;
                double mean = (sums[d] - sums[b] - sums[c] + sums[a]) / area;
                double variance = ((squares[d] - squares[b] - squares[c] + squares[a]) / area) - (mean * mean);
                double value = (picture.Pixels[(y * width) + x] - mean) / (Math.Sqrt(Math.Max(0, variance)) + Noise);
                result[(y * width) + x] = (byte)Math.Clamp(128 + (Gain * value), 0, 255);
            }
        }
        return new GreyPicture(width, height, result);
    }
}
