using System.IO.Compression;

namespace Gyrus.Data.Import;

/// <summary>Refuses zips that are made to do harm.</summary>
internal static class ZipCheck
{
    private const long LargestEntry = 2L << 30;
    private const long LargestTotal = 100L << 30;

    /// <summary>Looks at every entry before any is unpacked.</summary>
    /// <param name="zip">The zip's path, for the message.</param>
    /// <param name="root">The absolute folder that it is unpacked to.</param>
    /// <param name="files">Its entries that are no folders.</param>
    /// <exception cref="GyrusException">An entry points outside the folder, stands there twice or is absurdly large,
    /// or all of them are together; or its name is not UTF-8.</exception>
    public static void Entries(string zip, string root, IReadOnlyList<ZipArchiveEntry> files)
    {
        var names = new HashSet<string>();
        long total = 0;
        foreach (var entry in files)
        {
            var name = entry.FullName;
            if (name.Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw new GyrusException($"{zip}: the name of the entry '{name}' is not UTF-8, so letters of it would be lost. Unpack the zip with the "
                    + "program that made it, and give the folder.");
            }
            if (PointsOutside(root, name)) throw Refusal(zip, $"the entry '{name}' points outside the folder that it is unpacked to");
            if (!names.Add(name)) throw Refusal(zip, $"the entry '{name}' is there twice");
            if (entry.Length is < 0 or > LargestEntry)
                throw Refusal(zip, $"the entry '{name}' is of {entry.Length >> 20} MiB, which is no scan");
            total += entry.Length;
        }
        if (total > LargestTotal) throw Refusal(zip, $"it unpacks to {total >> 30} GiB, which is no data set of scans");
    }

    private static bool PointsOutside(string root, string name) =>
        name.AsSpan().IndexOfAny('\\', ':', '\0') >= 0
        || name.StartsWith('/')
        || name.Split('/').Contains("..")
        || !Path.GetFullPath(Path.Combine(root, name)).StartsWith(
            Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static GyrusException Refusal(string zip, string what) =>
        new($"{zip}: {what}. Do not trust this file; nothing of it was unpacked.");
}
