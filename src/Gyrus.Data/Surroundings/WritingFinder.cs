namespace Gyrus.Data;

/// <summary>Finds writing and drawing on a map of strokes: patches that are strong and large enough to be more than the
/// end of a line, the corner of a frame or noise.</summary>
internal static class WritingFinder
{
    /// <summary>The strength of writing that can be read, in grey levels a pixel.</summary>
    public const float Readable = 18;

    /// <summary>The smallest patch of readable writing, in pixels: two letters, or one large one.</summary>
    public const int ReadableSize = 110;

    /// <summary>The strength of writing that is there, though too small or too dim to be read.</summary>
    public const float Faint = 6;

    /// <summary>The smallest patch of faint writing, in pixels: a short line.</summary>
    public const int FaintSize = 250;

    /// <summary>The pixels of the patches.</summary>
    /// <param name="map">The map.</param>
    /// <param name="strength">The strength that each pixel of a patch exceeds.</param>
    /// <param name="size">The smallest patch, in pixels of the map.</param>
    /// <returns>Positions in the map, patch by patch; a patch is what hangs together side by side.</returns>
    public static List<int> Find(StrokeMap map, float strength, int size)
    {
        var found = new List<int>();
        var seen = new bool[map.Strength.Length];
        for (int start = 0; start < seen.Length; start++)
        {
            if (seen[start] || map.Strength[start] <= strength) continue;
            int first = found.Count;
            seen[start] = true;
            found.Add(start);
            for (int k = first; k < found.Count; k++)
            {
                int i = found[k], x = i % map.Width;
                if (x > 0) Visit(i - 1);
                if (x < map.Width - 1) Visit(i + 1);
                if (i >= map.Width) Visit(i - map.Width);
                if (i < seen.Length - map.Width) Visit(i + map.Width);
            }
            if (found.Count - first < size) found.RemoveRange(first, found.Count - first);
        }
        return found;

        void Visit(int i)
        {
            if (seen[i] || map.Strength[i] <= strength) return;
            seen[i] = true;
            found.Add(i);
        }
    }
}
