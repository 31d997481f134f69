using Gyrus.Data.Import;
using Gyrus.Data.Manifests;

namespace Gyrus.Data.Scrubbing;

/// <summary>The images to scrub.</summary>
/// <param name="Folder">The absolute folder that the copies' layout is relative to.</param>
/// <param name="Images">Each image: its path as the source has it, and its absolute path.</param>
/// <param name="LeftOut">What cannot be got at, with the reason.</param>
/// <param name="Manifest">The manifest, where the source is one.</param>
internal sealed record ScrubSource(
    string Folder,
    IReadOnlyList<(string Name, string FullPath)> Images,
    IReadOnlyList<UnreadableFile> LeftOut,
    Manifest? Manifest)
{
    /// <summary>Lists a source.</summary>
    /// <param name="source">A manifest, a CSV file with the columns <c>path,label</c>, a folder, or an image.</param>
    /// <exception cref="GyrusException">The source is not there, is a zip, or holds no image.</exception>
    public static ScrubSource Open(string source)
    {
        if (Directory.Exists(source)) return FromFolder(source);
        if (!File.Exists(source))
        {
            throw new GyrusException(
                $"{source}: there is no such file or folder. Give a CSV file, a folder or an image.");
        }
        var extension = Path.GetExtension(source).ToUpperInvariant();
        if (extension == ".ZIP")
        {
            throw new GyrusException(
                $"{source}: a zip is not scrubbed as it is. Import it first, then scrub its "
                + "manifest.");
        }
        if (extension == ".CSV") return FromCsv(source);
        return new ScrubSource(
            Path.GetDirectoryName(Path.GetFullPath(source))!, [(source, Path.GetFullPath(source))], [], null);
    }

    private static ScrubSource FromFolder(string source)
    {
        var files = FolderSource.List(source);
        if (files.Images.Count == 0) throw new GyrusException($"{source}: no image lies in this folder or below it.");
        return new ScrubSource(
            files.Folder,
            [.. files.Images.Select(name => (name, Path.GetFullPath(Path.Combine(files.Folder, name))))],
            files.LeftOut,
            null);
    }

    private static ScrubSource FromCsv(string source)
    {
        var manifest = IsManifest(source) ? Manifest.Load(source) : null;
        var images = manifest is null
            ? CsvSource.Read(source).Images.Select(image => (image.FullPath, image.FullPath)).ToList()
            : manifest.Rows.Select(row => (row.Path, manifest.FullPath(row))).ToList();
        if (images.Count == 0) throw new GyrusException($"{source}: no image is listed.");
        var folder = CommonFolder(
            Path.GetDirectoryName(Path.GetFullPath(source))!, images.Select(image => image.Item2));
        return new ScrubSource(folder, images, [], manifest);
    }

    private static bool IsManifest(string source)
    {
        try
        {
            return new StringReader(UserText.Read(source)).ReadLine()?.Split(',').Contains("sha256") == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GyrusException($"{source}: cannot be read ({e.Message}).", e);
        }
    }

    /// <summary>The given folder where all images lie below it, else the nearest folder above it of which that is
    /// true.</summary>
    private static string CommonFolder(string folder, IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            while (!IsBelow(path, folder) && Path.GetDirectoryName(folder) is { } parent) folder = parent;
        }
        return folder;
    }

    /// <summary>Whether a path lies in a folder or below it; both absolute.</summary>
    public static bool IsBelow(string path, string folder) =>
        path.StartsWith(
            Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
