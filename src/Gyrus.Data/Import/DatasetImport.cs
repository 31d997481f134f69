using System.Security.Cryptography;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;

namespace Gyrus.Data.Import;

/// <summary>A file of the source that is not in the manifest.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it and what to do.</param>
public sealed record UnreadableFile(string Path, string Reason);

/// <summary>What an import gave.</summary>
/// <param name="Manifest">The images that can be read.</param>
/// <param name="Unreadable">Those that cannot, or that lie where no folder names a label.</param>
/// <param name="Ignored">The number of files that are no images.</param>
public sealed record ImportResult(Manifest Manifest, IReadOnlyList<UnreadableFile> Unreadable, int Ignored)
{
    /// <summary>Masks that the source names and that are not there, once each; the manifest has none in their place.</summary>
    public IReadOnlyList<string> MissingMasks { get; init; } = [];
}

/// <summary>Makes a manifest of a data set as it lies.</summary>
public static class DatasetImport
{
    /// <summary>Finds, reads and hashes every image of a source.</summary>
    /// <param name="source">A zip, a folder, or a CSV file with the columns <c>path,label,split</c> and any further
    /// ones, which the manifest keeps.</param>
    /// <param name="manifestPath">Where the manifest will be saved: paths in it are relative to its folder.</param>
    /// <param name="images">Where a zip is unpacked, and in its folder <c>slices</c> the slices of volumes and of DICOM objects of several frames are written; not used otherwise.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <param name="options">What is known of the labels; nothing where null.</param>
    /// <param name="every">Of DICOM series and volumes: millimetres from one slice that is taken to the next at least; all where null.</param>
    /// <exception cref="GyrusException">The source is not there, is of no known layout, holds no image that can be
    /// read, has labels that are no set, or a zip is not to be trusted.</exception>
    public static ImportResult Run(
        string source,
        string manifestPath,
        string images,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation,
        ImportLabels? options = null,
        double? every = null)
    {
        options ??= new ImportLabels();
        var slices = Path.GetFullPath(Path.Combine(images, "slices"));
        var files = Find(source, images, slices, progress, cancellation);
        var named = files with { Images = options.Rename(files.Images) };
        var labels = Labels(source, named.Images, options.Hints);
        var listed = new SliceImages(named, slices, every).Read(progress, cancellation);
        var (found, leftOut, ignored) = listed;
        var folder = Path.GetDirectoryName(Path.GetFullPath(manifestPath))!;
        var masks = MaskFiles.Of(listed);
        var rows = new ManifestRow?[found.Count];
        var faults = new string?[found.Count];
        int done = 0;
        Parallel.For(0, found.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                rows[i] = Read(found[i], folder) with { More = masks.Placed(found[i].More, folder) };
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                faults[i] = ImageFault.Message(found[i].FullPath, e);
            }
            progress?.Report(new WorkProgress("images", Interlocked.Increment(ref done), found.Count));
        });
        var unreadable = Enumerable.Range(0, found.Count).Where(i => faults[i] is not null)
            .Select(i => new UnreadableFile(found[i].FullPath, faults[i]!)).ToList();
        if (unreadable.Count == found.Count)
        {
            throw new GyrusException(
                $"{source}: none of its {named.Images.Count} images can be read. The first: {unreadable.Concat(leftOut).First().Reason}");
        }
        var manifest = new Manifest(folder, [.. rows.OfType<ManifestRow>()])
        {
            MoreColumns = listed.MoreColumns,
            Labels = labels,
        };
        return new ImportResult(manifest, [.. leftOut, .. unreadable], ignored) { MissingMasks = masks.Missing };
    }

    // Before thousands of images are read.
    private static LabelSet Labels(string source, IReadOnlyList<FoundImage> found, LabelHints hints)
    {
        try
        {
            return LabelNames.Guess(found.Select(image => image.Label), hints);
        }
        catch (GyrusException e)
        {
            var example = found.Count == 0 ? "" : $" The first image is {found[0].Name}.";
            throw new GyrusException($"{source}: {e.Message}{example} {FolderLayout.Known}.", e);
        }
    }

    private static FoundImages Find(
        string source, string images, string slices, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        // Slices that an import before this one wrote are none of the source's images.
        if (Directory.Exists(source)) return Place(source, FolderSource.List(source, except: slices));
        if (!File.Exists(source))
            throw new GyrusException($"{source}: there is no such file or folder. Give a zip, a folder or a CSV file.");
        if (Path.GetExtension(source).Equals(".csv", StringComparison.OrdinalIgnoreCase))
            return CsvSource.Read(source);
        if (ZipSource.IsZip(source)) return Place(source, ZipSource.Unpack(source, images, progress, cancellation));
        throw new GyrusException($"{source}: neither a zip, a folder nor a .csv file. Give one of these.");
    }

    private static FoundImages Place(string source, SourceFiles files)
    {
        var found = new List<FoundImage>();
        var leftOut = files.LeftOut.ToList();
        foreach (var (relative, place) in files.Images.Zip(FolderLayout.Read(files.Images)))
        {
            var path = Path.GetFullPath(Path.Combine(files.Folder, relative));
            if (place is var (label, split)) found.Add(new FoundImage(path, label, split, relative));
            else leftOut.Add(new UnreadableFile(path, $"{path}: no folder above it names a label."));
        }
        return found.Count > 0
            ? new FoundImages(found, leftOut, files.Ignored)
            : throw new GyrusException(
                $"{source}: no image lies where its label can be told; {files.Describe()}. {FolderLayout.Known}.");
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
}
