namespace Gyrus.Learning.Training;

/// <summary>
/// Puts what lies under one scan's outline of a lesion into another head, in that head's own grey levels: a source without tumours has some then, and a
/// network cannot tell them by the source. After Zhang et al. 2021, "CarveMix: A Simple Data Augmentation Method for Brain Lesion Segmentation".
/// </summary>
internal static class LesionPasting
{
    // A tenth of the head's side at most is what a lesion is moved away from the edge of the head.
    private const double InnerShare = 0.12;
    private const int LeastPixels = 12;
    private const double DarkShare = 0.3;

    /// <summary>Pastes.</summary>
    /// <param name="head">[size, size], 0 to 255, black outside the head; takes the result.</param>
    /// <param name="size">Width and height.</param>
    /// <param name="tissue">[size, size]: what is pasted is taken from here.</param>
    /// <param name="outline">[size, size]: where; above 127 on the lesion.</param>
    /// <param name="random">Decides the place, the turn and the contrast.</param>
    /// <returns>[size, size]: 1 where something was pasted; null where the lesion found no place, and the head is as it was.</returns>
    public static float[]? Paste(Span<float> head, int size, ReadOnlySpan<byte> tissue, ReadOnlySpan<byte> outline, SeededRandom random)
    {
        var map = Augmentation.Turned(random);
        var (turned, lesion) = (new float[head.Length], new float[head.Length]);
        ChangedPixels.Turn(tissue, size, map, turned);
        ChangedPixels.Turn(outline, size, map, lesion);
        bool dark = random.NextDouble() < DarkShare;
        double contrast = 0.6 + (0.8 * random.NextDouble());
        if (Centre(lesion, size) is not { } from || Inner(head, size, random) is not { } to) return null;

        var (donorMean, donorSpread) = Levels(turned, lesion);
        var (mean, spread) = Levels(head, []);
        if (donorSpread <= 0 || spread <= 0) return null;
        var pasted = new float[head.Length];
        float scale = (float)((dark ? -contrast : contrast) * spread / donorSpread);
        int count = 0;
        var result = head.ToArray();
        for (int y = 0; y < size; y++)
        {
            int sourceY = y - to.Y + from.Y;
            if ((uint)sourceY >= (uint)size) continue;
            for (int x = 0; x < size; x++)
            {
                int sourceX = x - to.X + from.X, at = (y * size) + x;
                if ((uint)sourceX >= (uint)size || head[at] <= 0) continue;
                int source = (sourceY * size) + sourceX;
                float share = lesion[source] / 255;
                if (share <= 0) continue;
                float grey = Math.Clamp(mean + (scale * (turned[source] - donorMean)), 1, 255);
                result[at] += share * (grey - result[at]);
                if (share <= 0.5f) continue;
                pasted[at] = 1;
                count++;
            }
        }
        if (count < LeastPixels) return null;
        result.CopyTo(head);
        return pasted;
    }

    private static (int X, int Y)? Centre(float[] lesion, int size)
    {
        double x = 0, y = 0;
        int count = 0;
        for (int i = 0; i < lesion.Length; i++)
        {
            if (lesion[i] <= 127) continue;
            x += i % size;
            y += i / size;
            count++;
        }
        return count < LeastPixels ? null : ((int)Math.Round(x / count), (int)Math.Round(y / count));
    }

    /// <summary>A random place in the head, away from its edge; null where there seems to be none.</summary>
    private static (int X, int Y)? Inner(ReadOnlySpan<float> head, int size, SeededRandom random)
    {
        int away = (int)Math.Round(InnerShare * size);
        for (int attempt = 0; attempt < 50; attempt++)
        {
            int x = random.Next(away, size - away), y = random.Next(away, size - away);
            if (head[(y * size) + x] > 0 && head[((y - away) * size) + x] > 0 && head[((y + away) * size) + x] > 0
                && head[(y * size) + x - away] > 0 && head[(y * size) + x + away] > 0) return (x, y);
        }
        return null;
    }

    /// <summary>Mean and standard deviation of what is neither black nor lesion.</summary>
    private static (float Mean, float Spread) Levels(ReadOnlySpan<float> plane, ReadOnlySpan<float> lesion)
    {
        double sum = 0, squares = 0;
        int count = 0;
        for (int i = 0; i < plane.Length; i++)
        {
            if (plane[i] <= 0 || (lesion.Length > 0 && lesion[i] > 0)) continue;
            sum += plane[i];
            squares += (double)plane[i] * plane[i];
            count++;
        }
        if (count < LeastPixels) return (0, 0);
        double mean = sum / count;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean))));
    }
}
