namespace Gyrus.Data.Surroundings;

/// <summary>Finds writing and drawing on a map of strokes: patches that are strong and large enough to be more than the
/// end of a line, the corner of a frame or noise.</summary>
internal static class WritingFinder
{
    // In grey levels a pixel, and in pixels of an image of 320 pixels or more: writing that can be read, from a word in
    // small letters or one large letter on. Found on the published set, where the ends of head holders stay below.
    private const float ReadableStrength = 18;
    private const int ReadableSize = 130;

    // Writing that is there, though too small or too dim to be read, from a short line on.
    private const float FaintStrength = 6;
    private const int FaintSize = 250;
    private const int UsualSide = 320;

    /// <summary>The pixels of the writing that can be read: positions in the map.</summary>
    public static List<int> Readable(StrokeMap map) => Find(map, ReadableStrength, ReadableSize);

    /// <summary>The pixels of all writing, readable or faint: positions in the map.</summary>
    public static List<int> All(StrokeMap map) => Find(map, FaintStrength, FaintSize);

    /// <summary>The pixels of the patches.</summary>
    /// <param name="map">The map.</param>
    /// <param name="strength">The strength that each pixel of a patch exceeds.</param>
    /// <param name="size">The smallest patch, in pixels of the map.</param>
    /// <returns>Positions in the map, patch by patch; a patch is what hangs together side by side.</returns>
    private static List<int> Find(StrokeMap map, float strength, int size)
    {
        int side = Math.Max(map.Width, map.Height);
        if (side < UsualSide) size = size * side / UsualSide;
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
