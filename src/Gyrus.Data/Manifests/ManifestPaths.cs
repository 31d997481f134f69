namespace Gyrus.Data.Manifests;

/// <summary>Paths as a manifest writes them.</summary>
internal static class ManifestPaths
{
    /// <summary>
    /// Relative to the manifest's folder where the image is below it, so that both can be moved together, else
    /// absolute; with forward slashes.
    /// </summary>
    public static string From(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? path.Replace(Path.DirectorySeparatorChar, '/')
            : relative;
    }
}
