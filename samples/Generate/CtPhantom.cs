namespace Gyrus.Samples;

/// <summary>
/// A drawn CT of a head: scalp, skull, brain with folds, ventricles, noise. After the idea of Shepp and Logan 1974, not
/// their figures.
/// </summary>
internal static class CtPhantom
{
    private const int Size = 256;

    public static GrayImage Draw(int seed, bool lesion)
    {
        var random = new Random(seed);
        var coarse = Noise(random, 20);
        var fine = Noise(random, 128);
        return GrayImage.Make(Size, Size, (column, row) =>
        {
            double x = ((column + 0.5) / Size * 2) - 1, y = ((row + 0.5) / Size * 2) - 1;
            double wobble = 0.012 * Math.Sin(4 * Math.Atan2(y, x));
            double head = Math.Sqrt((x * x / (0.72 * 0.72)) + (y * y / (0.88 * 0.88))) + wobble;
            if (head > 1) return 0.02;
            if (head > 0.95) return 0.28 + (0.03 * fine(x, y));
            if (head > 0.84) return 0.96;
            if (head > 0.82) return 0.30;
            double brain = 0.44 + (0.05 * coarse(x, y)) + (0.05 * fine(x, y));
            brain -= 0.09 * Gap(head, 0.80, 0.02) * (0.5 + coarse(y, x));
            brain -= 0.12 * Gap(x + (0.01 * Math.Sin(9 * y)), 0, 0.008) * (Math.Abs(y) > 0.34 ? 1 : 0);
            foreach (int side in (int[])[-1, 1])
            {
                brain -= 0.20 * Inside((x * side) - 0.10 - (0.10 * Math.Max(0, -y)), y + 0.16, 0.055, 0.21);
                brain -= 0.20 * Inside((x * side) - 0.17, y - 0.27, 0.06, 0.15);
            }
            if (!lesion) return brain;
            brain -= 0.10 * Inside(x - 0.33, y + 0.18, 0.25, 0.27);
            return brain + (0.30 * Inside(x - 0.33, y + 0.18, 0.13, 0.15));
        });
    }

    /// <summary>1 inside an ellipse at the origin, 0 outside, with a soft edge.</summary>
    private static double Inside(double x, double y, double width, double height) =>
        Math.Clamp((1.15 - Math.Sqrt((x * x / (width * width)) + (y * y / (height * height)))) / 0.3, 0, 1);

    private static double Gap(double value, double centre, double width) =>
        Math.Exp(-(value - centre) * (value - centre) / (2 * width * width));

    /// <summary>Values around 0, smooth between the points of a grid.</summary>
    private static Func<double, double, double> Noise(Random random, int cells)
    {
        var grid = new double[cells + 2, cells + 2];
        for (int i = 0; i < cells + 2; i++)
        {
            for (int j = 0; j < cells + 2; j++) grid[i, j] = random.NextDouble() - 0.5;
        }
        return (x, y) =>
        {
            double u = Math.Clamp((x + 1) / 2, 0, 1) * cells, v = Math.Clamp((y + 1) / 2, 0, 1) * cells;
            int i = (int)u, j = (int)v;
            double a = u - i, b = v - j;
            return (grid[i, j] * (1 - a) * (1 - b)) + (grid[i + 1, j] * a * (1 - b))
                + (grid[i, j + 1] * (1 - a) * b) + (grid[i + 1, j + 1] * a * b);
        };
    }
}
