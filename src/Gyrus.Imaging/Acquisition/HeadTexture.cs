namespace Gyrus.Imaging.Acquisition;

/// <summary>
/// How fine the brain's texture is, of one pixel and of two: noise and sharpness, and by their course whether the picture was
/// enlarged. Of each octave the stronger half is left out, where the edges
/// of a lesion would be, and of a place and its mirror image the stronger.
/// </summary>
internal static class HeadTexture
{
    private const int Octaves = 2;
    private const float Inner = 0.3f;
    private const double Kept = 0.5;

    // Of a grey level: without texture there is no logarithm.
    private const float Least = 0.05f;

    /// <summary>The names of the numbers.</summary>
    public static readonly string[] Names = ["texture 1", "texture 2 to 1", "texture of the head's size", "pixels"];

    /// <summary>Appends the numbers.</summary>
    /// <param name="picture">The whole scan in grey.</param>
    /// <param name="box">Where the head lies.</param>
    /// <param name="head">The head.</param>
    /// <param name="scale">The grey of its bright parts, by which greys are divided.</param>
    /// <param name="numbers">What they are appended to.</param>
    public static void Append(byte[] picture, HeadBox box, HeadGrid head, float scale, List<float> numbers)
    {
        int width = box.Width, height = box.Height;
        var level = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            var row = picture.AsSpan((box.Top + y) * box.ScanWidth + box.Left, width);
            for (int x = 0; x < width; x++) level[y * width + x] = row[x];
        }
        float finer = 0;
        for (int octave = 0; octave < Octaves; octave++)
        {
            float strength = Math.Max(Least, Strength(level, width, height, head));
            numbers.Add(octave == 0 ? MathF.Log2(strength / scale) : MathF.Log2(strength / finer));
            finer = strength;
            (level, width, height) = Halved(level, width, height);
        }
        numbers.Add(MathF.Log2(Math.Max(Least, Strength(Array.ConvertAll(head.Grey, grey => (float)grey), head.Width, head.Height, head)) / scale));
        numbers.Add((float)Math.Log2(Math.Max(box.Width, box.Height)));
    }

    /// <summary>The mean of the Laplacian's size over the brain, in greys; of a place and its mirror image the smaller counts.</summary>
    private static float Strength(float[] level, int width, int height, HeadGrid head)
    {
        // In sixteenths of a grey.
        var sizes = new GreyCounts(4096);
        int axis = (head.MirrorAxis + 1) * width / head.Width - 1;
        for (int y = 1; y < height - 1; y++)
        {
            int row = y * head.Height / height * head.Width;
            for (int x = 1; x < width - 1; x++)
            {
                if (head.Depth[row + x * head.Width / width] < Inner) continue;
                float size = Size(y * width + x);
                int mirrored = axis - x;
                if (mirrored > 0 && mirrored < width - 1) size = Math.Min(size, Size(y * width + mirrored));
                sizes.Add((int)(16 * size));
            }
        }
        return sizes.MeanBelow(Kept) / 16;

        float Size(int i) => Math.Abs(level[i] - (level[i - 1] + level[i + 1] + level[i - width] + level[i + width]) / 4);
    }

    private static (float[] Level, int Width, int Height) Halved(float[] level, int width, int height)
    {
        int across = Math.Max(1, width / 2), down = Math.Max(1, height / 2);
        var half = new float[across * down];
        for (int y = 0; y < down; y++)
        {
            for (int x = 0; x < across; x++)
            {
                int i = 2 * y * width + 2 * x, right = 2 * x + 1 < width ? 1 : 0, below = 2 * y + 1 < height ? width : 0;
                half[y * across + x] = (level[i] + level[i + right] + level[i + below] + level[i + right + below]) / 4;
            }
        }
        return (half, across, down);
    }
}
