using System.Security.Cryptography;
using Gyrus.Imaging;

namespace Gyrus.Data;

/// <summary>A file of the source that is not in the manifest.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it and what to do.</param>
public sealed record UnreadableFile(string Path, string Reason);

/// <summary>What an import gave.</summary>
/// <param name="Manifest">The images that can be read.</param>
/// <param name="Unreadable">Those that cannot.</param>
/// <param name="Ignored">The number of files that are no images by their names, or lie where no label is known.</param>
public sealed record ImportResult(Manifest Manifest, IReadOnlyList<UnreadableFile> Unreadable, int Ignored);

/// <summary>Makes a manifest of a data set as it lies.</summary>
public static class DatasetImport
{
    /// <summary>Finds, reads and hashes every image of a source.</summary>
    /// <param name="source">A zip, a folder, or a CSV file with the columns <c>path,label,split</c>.</param>
    /// <param name="manifestPath">Where the manifest will be saved: paths in it are relative to its folder.</param>
    /// <param name="images">Where a zip is unpacked; not used otherwise.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="GyrusException">The source is not there, is of no known layout, holds no image, or a zip is
    /// not to be trusted.</exception>
    public static ImportResult Run(
        string source,
        string manifestPath,
        string images,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var (found, ignored) = Find(source, images, progress, cancellation);
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        var rows = new ManifestRow?[found.Count];
        var faults = new string?[found.Count];
        int done = 0;
        Parallel.For(0, found.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                rows[i] = Read(found[i], folder);
            }
            catch (ScanException e)
            {
                faults[i] = e.Message;
            }
            progress?.Report(new WorkProgress("images", Interlocked.Increment(ref done), found.Count));
        });
        return new ImportResult(
            new Manifest(folder, [.. rows.OfType<ManifestRow>()]),
            [.. Enumerable.Range(0, found.Count).Where(i => faults[i] is not null)
                .Select(i => new UnreadableFile(found[i].FullPath, faults[i]!))],
            ignored);
    }

    private static (IReadOnlyList<FoundImage> Found, int Ignored) Find(
        string source, string images, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (Directory.Exists(source)) return FindIn(source, source);
        if (!File.Exists(source))
            throw new GyrusException($"{source}: there is no such file or folder. Give a zip, a folder or a CSV file.");
        if (Path.GetExtension(source).Equals(".csv", StringComparison.OrdinalIgnoreCase))
        {
            var listed = CsvSource.Read(source);
            if (listed.Count == 0) throw new GyrusException($"{source}: no image is listed.");
            return (listed, 0);
        }
        if (!IsZip(source))
            throw new GyrusException($"{source}: neither a zip, a folder nor a .csv file. Give one of these.");
        ZipSource.Unpack(source, images, progress, cancellation);
        return FindIn(images, source);
    }

    private static (IReadOnlyList<FoundImage> Found, int Ignored) FindIn(string folder, string source)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).ToList();
        var found = new List<FoundImage>();
        foreach (var file in files.Where(FolderLayout.IsImageName))
        {
            var relative = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');
            if (FolderLayout.Read(relative) is var (label, split))
                found.Add(new FoundImage(Path.GetFullPath(file), label, split));
        }
        if (found.Count > 0) return (found, files.Count - found.Count);
        var example = files.Count == 0 ? "it is empty" : $"it holds for example {Path.GetRelativePath(folder, files[0])}";
        throw new GyrusException($"{source}: no image lies where its label can be told; {example}. {FolderLayout.Known}.");
    }

    private static ManifestRow Read(FoundImage image, string manifestFolder)
    {
        var bytes = ScanDecoder.ReadBytes(image.FullPath);
        var scan = ScanDecoder.Decode(image.FullPath, bytes);
        return new ManifestRow(
            ManifestPaths.From(manifestFolder, image.FullPath),
            Convert.ToHexStringLower(SHA256.HashData(bytes)),
            image.Label,
            image.Split,
            scan.Width,
            scan.Height,
            scan.Mode,
            image.Split);
    }

    private static bool IsZip(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4
            && (start.SequenceEqual("PK\x3\x4"u8) || start.SequenceEqual("PK\x5\x6"u8));
    }
}
