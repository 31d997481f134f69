using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Inference.HeatMaps;

/// <summary>The file of a scan's heat map.</summary>
internal static class HeatMapFile
{
    /// <summary>So that a name has fewer than 255 bytes, the most that file systems take, whatever its letters.</summary>
    private const int LongestStem = 60, LongestStemBesideLabel = 40, LongestLabel = 19;

    /// <summary>
    /// The file's name: the scan's own, the label where one was asked for, then twelve hexadecimal digits of the SHA-256 of the scan's path
    /// as it was named and the label, so that scans of one name in different folders have different maps, whatever else is classified with
    /// them.
    /// </summary>
    /// <param name="scanPath">The scan, as it was named.</param>
    /// <param name="label">The label that was asked for; null where none was.</param>
    /// <returns>A plain name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, no folder.</returns>
    public static string Name(string scanPath, string? label = null)
    {
        var stem = Plain(Path.GetFileNameWithoutExtension(scanPath), label is null ? LongestStem : LongestStemBesideLabel).TrimStart('.');
        if (label is not null) stem += "-" + Plain(label, LongestLabel);
        // No path has a zero character.
        var whole = label is null ? scanPath : $"{scanPath}\0{label}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)).AsSpan(0, 6));
        return $"{stem}-{hash}.heatmap.png";
    }

    /// <summary>Writes a heat map.</summary>
    /// <param name="folder">Takes the file.</param>
    /// <param name="scanPath">The scan, as it was named.</param>
    /// <param name="label">The label that was asked for; null where none was.</param>
    /// <param name="png">The picture.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="GyrusException">It cannot be written.</exception>
    public static string Write(string folder, string scanPath, string? label, byte[] png)
    {
        var path = Path.Combine(folder, Name(scanPath, label));
        try
        {
            AtomicFile.Write(path, stream => stream.Write(png));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{path}: the heat map cannot be written ({e.Message}). Name a folder that can be "
                + "written to, on a disk with room.", e);
        }
        return path;
    }

    private static string Plain(string text, int longest) => string.Concat(text
        .Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')
        .Take(longest));
}
