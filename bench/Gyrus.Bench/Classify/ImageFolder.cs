namespace Gyrus.Bench.Classify;

/// <summary>Images of a folder, for a benchmark.</summary>
internal static class ImageFolder
{
    /// <summary>All below it, by name.</summary>
    public static string[] Images(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".png" or ".jpg" or ".jpeg").Order(StringComparer.Ordinal)];

    /// <summary>At most so many, taken at even steps.</summary>
    public static string[] Evenly(string[] all, int count)
    {
        int taken = Math.Min(count, all.Length);
        return [.. Enumerable.Range(0, taken).Select(i => all[(int)((long)i * all.Length / taken)])];
    }
}
