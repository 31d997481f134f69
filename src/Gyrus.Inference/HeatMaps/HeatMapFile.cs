using System.Security.Cryptography;
using System.Text;

namespace Gyrus.Inference.HeatMaps;

/// <summary>The file of a scan's heat map.</summary>
internal static class HeatMapFile
{
    private const int LongestStem = 60;

    /// <summary>
    /// The file's name: the scan's own, then twelve hexadecimal digits of the SHA-256 of its path as it was named, so that
    /// scans of one name in different folders have different maps, whatever else is classified with them.
    /// </summary>
    /// <param name="scanPath">The scan, as it was named.</param>
    /// <returns>A plain name: letters, digits, <c>-</c>, <c>_</c> and <c>.</c>, no folder.</returns>
    public static string Name(string scanPath)
    {
        var stem = string.Concat(Path.GetFileNameWithoutExtension(scanPath)
            .Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')
            .Take(LongestStem)).TrimStart('.');
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(scanPath)).AsSpan(0, 6));
        return $"{stem}-{hash}.heatmap.png";
    }

    /// <summary>Writes a heat map.</summary>
    /// <param name="folder">Takes the file.</param>
    /// <param name="scanPath">The scan, as it was named.</param>
    /// <param name="png">The picture.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="GyrusException">It cannot be written.</exception>
    public static string Write(string folder, string scanPath, byte[] png)
    {
        var path = Path.Combine(folder, Name(scanPath));
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
}
