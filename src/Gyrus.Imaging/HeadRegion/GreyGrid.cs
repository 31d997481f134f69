using Gyrus.Imaging.Decoding;

namespace Gyrus.Imaging.HeadRegion;

/// <summary>A small grey picture of a scan, on which the head is looked for.</summary>
/// <param name="Width">Cells across.</param>
/// <param name="Height">Cells down.</param>
/// <param name="Mean">[Height, Width]: the mean grey of the pixels under each cell, 0 to 255.</param>
/// <param name="Darkest">[Height, Width]: the darkest of these pixels.</param>
/// <param name="Brightest">[Height, Width]: the brightest of them.</param>
internal sealed record GreyGrid(int Width, int Height, byte[] Mean, byte[] Darkest, byte[] Brightest)
{
    /// <summary>Reduces a scan so that its long side has at most <paramref name="longSide"/> cells.</summary>
    public static GreyGrid From(Scan scan, int longSide)
    {
        double scale = Math.Min(1, (double)longSide / Math.Max(scan.Width, scan.Height));
        int width = Math.Max(1, (int)Math.Round(scan.Width * scale));
        int height = Math.Max(1, (int)Math.Round(scan.Height * scale));
        var columnEnds = new int[width];
        for (int x = 0; x < width; x++) columnEnds[x] = Edge(x + 1, scan.Width, width);
        var mean = new byte[width * height];
        var darkest = new byte[width * height];
        var brightest = new byte[width * height];
        var pixels = RgbPixel.Of(scan);
        var row = new Row(new int[width], new int[width], new int[width]);
        for (int y = 0; y < height; y++)
        {
            int top = Edge(y, scan.Height, height), bottom = Edge(y + 1, scan.Height, height);
            row.Clear();
            for (int v = top; v < bottom; v++) row.Add(pixels.Slice(v * scan.Width, scan.Width), columnEnds);
            for (int x = 0, left = 0; x < width; left = columnEnds[x++])
            {
                int i = y * width + x;
                mean[i] = (byte)(row.Sums[x] / (3 * (columnEnds[x] - left) * (bottom - top)));
                darkest[i] = (byte)(row.Lows[x] / 3);
                brightest[i] = (byte)(row.Highs[x] / 3);
            }
        }
        return new GreyGrid(width, height, mean, darkest, brightest);
    }

    /// <summary>The first pixel of a cell.</summary>
    public static int Edge(int cell, int pixels, int cells) => (int)((long)cell * pixels / cells);

    /// <summary>A row of cells while it is gathered; brightness is the sum of red, green and blue.</summary>
    private sealed record Row(int[] Sums, int[] Lows, int[] Highs)
    {
        public void Clear()
        {
            Array.Clear(Sums);
            Array.Fill(Lows, 3 * 255);
            Array.Clear(Highs);
        }

        public void Add(ReadOnlySpan<RgbPixel> pixels, int[] columnEnds)
        {
            int at = 0;
            for (int x = 0; x < columnEnds.Length; x++)
            {
                int sum = 0, low = Lows[x], high = Highs[x];
                var cell = pixels[at..columnEnds[x]];
                at = columnEnds[x];
                foreach (var pixel in cell)
                {
                    int grey = pixel.Red + pixel.Green + pixel.Blue;
                    sum += grey;
                    low = Math.Min(low, grey);
                    high = Math.Max(high, grey);
                }
                (Sums[x], Lows[x], Highs[x]) = (Sums[x] + sum, low, high);
            }
        }
    }
}
