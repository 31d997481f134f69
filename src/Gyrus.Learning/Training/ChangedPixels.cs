namespace Gyrus.Learning.Training;

/// <summary>Carries out the drawn changes of an image on its pixels.</summary>
internal static class ChangedPixels
{
    /// <summary>Turns, blurs, brightens, cuts and disturbs one plane.</summary>
    /// <param name="source">[size, size], 0 to 255.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="change">What to do. Pixels from beyond the source are black.</param>
    /// <param name="target">Takes [size, size], 0 to 255.</param>
    public static void Write(ReadOnlySpan<byte> source, int size, DrawnChange change, Span<float> target)
    {
        Turn(source, size, change.Map, target);
        if (change.Look is { } look) Appearance.Apply(target, size, look);
        if (change.Blur * size > 0.3) Blur(target, size, change.Blur * size);
        Brighten(target, change);
        Cut(target, size, change.CutOut);
        if (change.Noise > 0) Disturb(target, change.Noise, new SeededRandom(change.Seed));
    }

    /// <summary>Turns and cuts the outline of a lesion as the scan's plane is turned and cut.</summary>
    /// <param name="outline">[size, size], 0 to 255.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="change">What is done to the scan.</param>
    /// <param name="target">Takes [size, size], 0 to 255.</param>
    public static void WriteOutline(ReadOnlySpan<byte> outline, int size, DrawnChange change, Span<float> target)
    {
        Turn(outline, size, change.Map, target);
        Cut(target, size, change.CutOut);
    }

    /// <summary>Bilinear sampling at the mapped positions; black beyond the source.</summary>
    /// <param name="source">[size, size].</param>
    /// <param name="size">Width and height.</param>
    /// <param name="map">[2, 3], as in <see cref="DrawnChange"/>.</param>
    /// <param name="target">Takes [size, size].</param>
    public static void Turn(ReadOnlySpan<byte> source, int size, float[] map, Span<float> target)
    {
        float centre = (size - 1) / 2f, half = size / 2f;
        for (int y = 0; y < size; y++)
        {
            float v = (y - centre) / half;
            var row = target.Slice(y * size, size);
            for (int x = 0; x < size; x++)
            {
                float u = (x - centre) / half;
                float sx = (((map[0] * u) + (map[1] * v) + map[2]) * half) + centre;
                float sy = (((map[3] * u) + (map[4] * v) + map[5]) * half) + centre;
                int left = (int)MathF.Floor(sx), top = (int)MathF.Floor(sy);
                if (left < -1 || top < -1 || left >= size || top >= size)
                {
                    row[x] = 0;
                    continue;
                }
                float fx = sx - left, fy = sy - top;
                float above = Mix(At(source, size, left, top), At(source, size, left + 1, top), fx);
                float below = Mix(At(source, size, left, top + 1), At(source, size, left + 1, top + 1), fx);
                row[x] = Mix(above, below, fy);
            }
        }
    }

    private static float At(ReadOnlySpan<byte> source, int size, int x, int y) =>
        (uint)x < (uint)size && (uint)y < (uint)size ? source[(y * size) + x] : 0;

    private static float Mix(float a, float b, float share) => a + (share * (b - a));

    /// <summary>A Gaussian, cut off at two standard deviations, across and down; the border is repeated.</summary>
    private static void Blur(Span<float> plane, int size, double sigma)
    {
        int reach = (int)Math.Ceiling(2 * sigma);
        var weights = new float[(2 * reach) + 1];
        for (int k = -reach; k <= reach; k++) weights[k + reach] = (float)Math.Exp(-k * k / (2 * sigma * sigma));
        float sum = weights.Sum();
        var line = new float[size];
        foreach (var (step, next) in new[] { (1, size), (size, 1) })
        {
            for (int start = 0; start < size; start++)
            {
                for (int i = 0; i < size; i++) line[i] = plane[(start * next) + (i * step)];
                for (int i = 0; i < size; i++)
                {
                    float blurred = 0;
                    for (int k = -reach; k <= reach; k++) blurred += weights[k + reach] * line[Math.Clamp(i + k, 0, size - 1)];
                    plane[(start * next) + (i * step)] = blurred / sum;
                }
            }
        }
    }

    private static void Brighten(Span<float> plane, DrawnChange change)
    {
        // 256 levels, looked up: a power for each pixel would take longer than all the rest.
        var levels = new float[257];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (float)Math.Min(255, 255 * change.Contrast * Math.Pow(i / 255.0, change.Gamma));
        for (int i = 0; i < plane.Length; i++)
        {
            int level = (int)plane[i];
            plane[i] = Mix(levels[level], levels[level + 1], plane[i] - level);
        }
    }

    private static void Cut(Span<float> plane, int size, (double Left, double Top, double Width, double Height) cut)
    {
        int left = Place(cut.Left, size), right = Place(cut.Left + cut.Width, size);
        int bottom = Place(cut.Top + cut.Height, size);
        for (int y = Place(cut.Top, size); y < bottom && right > left; y++)
            plane.Slice((y * size) + left, right - left).Clear();
    }

    private static int Place(double share, int size) => Math.Clamp((int)Math.Round(share * size), 0, size);

    /// <summary>Adds Gaussian noise: the sum of three even draws, which is near enough and cheap.</summary>
    private static void Disturb(Span<float> plane, double sigma, SeededRandom random)
    {
        for (int i = 0; i < plane.Length; i++)
        {
            float drawn = random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f; // variance 1/4
            plane[i] = Math.Clamp(plane[i] + (2 * (float)sigma * drawn), 0, 255);
        }
    }
}
