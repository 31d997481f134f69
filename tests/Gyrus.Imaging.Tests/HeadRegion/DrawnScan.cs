using Gyrus.Imaging.Decoding;

namespace Gyrus.Testing;

/// <summary>A scan to draw on.</summary>
internal sealed class DrawnScan(int width, int height, byte background)
{
    /// <summary>Letters of five by seven pixels, a row a number, the leftmost pixel its highest bit.</summary>
    private static readonly Dictionary<char, byte[]> Letters = new()
    {
        ['A'] = [14, 17, 17, 31, 17, 17, 17],
        ['C'] = [14, 17, 16, 16, 16, 17, 14],
        ['E'] = [31, 16, 16, 30, 16, 16, 31],
        ['K'] = [17, 18, 20, 24, 20, 18, 17],
        ['M'] = [17, 27, 21, 21, 17, 17, 17],
        ['N'] = [17, 25, 21, 19, 17, 17, 17],
        ['R'] = [30, 17, 17, 30, 20, 18, 17],
        ['T'] = [31, 4, 4, 4, 4, 4, 4],
        ['0'] = [14, 17, 19, 21, 25, 17, 14],
        ['1'] = [4, 12, 4, 4, 4, 4, 14],
        ['2'] = [14, 17, 1, 2, 4, 8, 31],
        ['5'] = [31, 16, 30, 1, 1, 17, 14],
        [' '] = [0, 0, 0, 0, 0, 0, 0],
    };

    public static string Alphabet { get; } = string.Concat(Letters.Keys);

    public byte[] Rgb { get; } = [.. Enumerable.Repeat(background, 3 * width * height)];

    public Scan Scan => new(width, height, "L", "png", [.. Rgb]);

    public static DrawnScan On(Scan scan)
    {
        var drawn = new DrawnScan(scan.Width, scan.Height, 0);
        scan.Rgb.CopyTo(drawn.Rgb, 0);
        return drawn;
    }

    public static bool InEllipse(int x, int y, double centreX, double centreY, double radiusX, double radiusY) =>
        Math.Pow((x - centreX) / radiusX, 2) + Math.Pow((y - centreY) / radiusY, 2) <= 1;

    public DrawnScan Ellipse(double centreX, double centreY, double radiusX, double radiusY, byte grey)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (InEllipse(x, y, centreX, centreY, radiusX, radiusY)) Dot(x, y, grey, grey, grey);
            }
        }
        return this;
    }

    /// <summary>A head as CT shows it: bright skull, grey brain.</summary>
    public DrawnScan Head(double centreX, double centreY, double radiusX, double radiusY) =>
        Ellipse(centreX, centreY, radiusX, radiusY, 230)
            .Ellipse(centreX, centreY, radiusX - 12, radiusY - 12, 90);

    public DrawnScan Rectangle(int left, int top, int right, int bottom, byte grey)
    {
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++) Dot(x, y, grey, grey, grey);
        }
        return this;
    }

    public DrawnScan Noise(int seed, int amplitude)
    {
        var random = new Random(seed);
        for (int i = 0; i < width * height; i++)
        {
            int noise = random.Next(-amplitude, amplitude + 1);
            for (int k = 0; k < 3; k++) Rgb[3 * i + k] = (byte)Math.Clamp(Rgb[3 * i + k] + noise, 0, 255);
        }
        return this;
    }

    public DrawnScan Text(int left, int top, string text, int size, byte red, byte green, byte blue)
    {
        for (int k = 0; k < text.Length; k++)
        {
            var letter = Letters[text[k]];
            for (int v = 0; v < 7 * size; v++)
            {
                for (int u = 0; u < 5 * size; u++)
                {
                    if ((letter[v / size] >> (4 - u / size) & 1) != 0)
                        Dot(left + 6 * size * k + u, top + v, red, green, blue);
                }
            }
        }
        return this;
    }

    public void Dot(int x, int y, byte red, byte green, byte blue)
    {
        if (x < 0 || y < 0 || x >= width || y >= height) return;
        (Rgb[3 * (y * width + x)], Rgb[3 * (y * width + x) + 1], Rgb[3 * (y * width + x) + 2]) = (red, green, blue);
    }
}
