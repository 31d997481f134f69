using System.Security.Cryptography;
using Gyrus.Imaging;

namespace Gyrus.Data;

/// <summary>Looks at every image of a data set, from the cache where its file was seen before.</summary>
public static class DatasetExamination
{
    /// <summary>Examines the images of a manifest.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="cacheFolder">Where what was computed is kept, by hash.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work; what was computed is kept.</param>
    public static Examination Run(
        Manifest manifest, string cacheFolder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return Run(
            [.. manifest.Rows.Select(row => new SourceImage(row.Path, manifest.FullPath(row), row.Label, row.Split))],
            [], 0, cacheFolder, progress, cancellation);
    }

    /// <summary>Examines the images of any source.</summary>
    /// <param name="images">The images.</param>
    /// <param name="unreadable">What the source already knows not to be readable.</param>
    /// <param name="ignored">The number of files that are no images by their names.</param>
    /// <param name="cacheFolder">Where what was computed is kept, by hash.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work; what was computed is kept.</param>
    public static Examination Run(
        IReadOnlyList<SourceImage> images,
        IReadOnlyList<UnreadableFile> unreadable,
        int ignored,
        string cacheFolder,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        var examined = new List<ExaminedImage>();
        var faults = new List<UnreadableFile>(unreadable);
        foreach (var image in images)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                examined.Add(
                    new ExaminedImage(image.Path, image.FullPath, image.Label, image.Split, Facts(image.FullPath)));
            }
            catch (ScanException e)
            {
                faults.Add(new UnreadableFile(image.Path, e.Message));
            }
            progress?.Report(new WorkProgress("images", examined.Count + faults.Count, images.Count));
        }
        return new Examination(examined, faults, ignored);
    }

    private static ImageFacts Facts(string path)
    {
        var bytes = ScanDecoder.ReadBytes(path);
        var scan = ScanDecoder.Decode(path, bytes);
        return new ImageFacts(
            Convert.ToHexStringLower(SHA256.HashData(bytes)), scan.Width, scan.Height, scan.Mode, scan.Format,
            SurroundingsExaminer.Examine(scan), MetadataReader.Read(bytes))
        {
            Blank = BlankImage.Is(scan),
            Chroma = ImageColours.Chroma(scan),
            Fingerprint = Fingerprint.Of(scan),
        };
    }
}
