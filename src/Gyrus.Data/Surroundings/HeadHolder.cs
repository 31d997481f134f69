namespace Gyrus.Data.Surroundings;

/// <summary>Takes the curve of a CT's head holder out of sight: its ends and kinks are as angular as letters.</summary>
internal static class HeadHolder
{
    private const float Bright = 70;

    // A holder is at least this share of the long side long, and at most this share thick.
    private const double LeastLength = 0.06;
    private const double MostThickness = 0.04;

    // A margin runs along the image's edge; a holder ends there at most.
    private const double MostAtEdge = 1.2;
    private const int Room = 7;

    /// <summary>Adds bright, long and narrow things that are at least three pixels thick to what is hidden; strokes of
    /// letters are shorter or thinner.</summary>
    /// <param name="grey">[height, width], 0 to 255.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="hidden">[height, width]: what is hidden already; added to.</param>
    public static void Hide(float[] grey, int width, int height, bool[] hidden)
    {
        var thick = Thick(grey, width, height, hidden);
        int longSide = Math.Max(width, height);
        var part = new List<int>();
        for (int start = 0; start < thick.Length; start++)
        {
            if (!thick[start]) continue;
            Take(thick, width, start, part);
            int left = part.Min(i => i % width), right = part.Max(i => i % width);
            int top = part.Min(i => i / width), bottom = part.Max(i => i / width);
            int length = Math.Max(right - left, bottom - top) + 1;
            int atEdge = part.Count(i => AtEdge(i, width, height));
            if (length < LeastLength * longSide || part.Count > MostThickness * longSide * length) continue;
            if (atEdge > MostAtEdge * length) continue;
            foreach (int i in part) HideAround(i, width, height, hidden);
        }
    }

    private static bool AtEdge(int i, int width, int height) =>
        i % width is var x && (x <= 2 || x >= width - 3 || i < 3 * width || i >= (height - 3) * width);

    /// <summary>The pixels whose eight neighbours are bright too.</summary>
    private static bool[] Thick(float[] grey, int width, int height, bool[] hidden)
    {
        var bright = new bool[grey.Length];
        for (int i = 0; i < bright.Length; i++) bright[i] = !hidden[i] && grey[i] > Bright;
        var across = new bool[grey.Length];
        for (int i = 1; i < bright.Length - 1; i++) across[i] = bright[i - 1] & bright[i] & bright[i + 1];
        var thick = new bool[grey.Length];
        for (int i = width; i < bright.Length - width; i++) thick[i] = across[i - width] & across[i] & across[i + width];
        return thick;
    }

    private static void Take(bool[] thick, int width, int start, List<int> part)
    {
        part.Clear();
        part.Add(start);
        thick[start] = false;
        for (int k = 0; k < part.Count; k++)
        {
            foreach (int step in (ReadOnlySpan<int>)[-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1])
            {
                int next = part[k] + step;
                if (next < 0 || next >= thick.Length || !thick[next]) continue;
                thick[next] = false;
                part.Add(next);
            }
        }
    }

    private static void HideAround(int i, int width, int height, bool[] hidden)
    {
        int x = i % width, y = i / width;
        for (int v = Math.Max(0, y - Room); v <= Math.Min(height - 1, y + Room); v++)
        {
            for (int u = Math.Max(0, x - Room); u <= Math.Min(width - 1, x + Room); u++) hidden[v * width + u] = true;
        }
    }
}
