namespace Gyrus.Data.Scrubbing;

/// <summary>Names the copies of a scrub.</summary>
internal static class ScrubTargets
{
    /// <summary>
    /// The path of each copy, relative to the folder of the copies: the image's own below the source's folder, with
    /// <c>.png</c> for its extension. Where two images would share a name, as <c>1.jpg</c> and <c>1.png</c> do, those
    /// that are no PNG by name keep their extension before it: <c>1.jpg.png</c>.
    /// </summary>
    /// <param name="folder">The source's folder.</param>
    /// <param name="paths">The images' absolute paths, all below it.</param>
    public static IReadOnlyList<string> Of(string folder, IReadOnlyList<string> paths)
    {
        var names = paths.Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
            .ToList();
        var plain = names.Select(name => Path.ChangeExtension(name, ".png")).ToList();
        var shared = plain.GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var targets = new List<string>(names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            bool keep = !shared.Contains(plain[i]) || Path.GetExtension(names[i]) == ".png";
            var target = keep ? plain[i] : names[i] + ".png";
            for (int copy = 2; !taken.Add(target); copy++) target = $"{names[i]}-{copy}.png";
            targets.Add(target);
        }
        return targets;
    }
}
