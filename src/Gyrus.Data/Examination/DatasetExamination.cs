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
        using var cache = FactsCache.Open(cacheFolder);
        var facts = new ImageFacts?[images.Count];
        var faults = new string?[images.Count];
        int done = 0;
        try
        {
            Parallel.For(0, images.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
            {
                try
                {
                    facts[i] = Facts(images[i].FullPath, cache);
                }
                catch (Exception e) when (ImageFault.IsOfOneImage(e))
                {
                    faults[i] = ImageFault.Message(images[i].FullPath, e);
                }
                progress?.Report(new WorkProgress("images", Interlocked.Increment(ref done), images.Count));
            });
        }
        finally
        {
            cache.Flush();
        }
        return new Examination(
            [.. images.Zip(facts).Where(image => image.Second is not null).Select(image => new ExaminedImage(
                image.First.Path, image.First.FullPath, image.First.Label, image.First.Split, image.Second!))],
            [.. unreadable, .. images.Zip(faults).Where(image => image.Second is not null)
                .Select(image => new UnreadableFile(image.First.Path, image.Second!))],
            ignored);
    }

    private static ImageFacts Facts(string path, FactsCache cache)
    {
        var bytes = ScanDecoder.ReadBytes(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (cache.Find(sha256) is { } known) return known;
        var scan = ScanDecoder.Decode(path, bytes);
        var facts = new ImageFacts(
            sha256, scan.Width, scan.Height, scan.Mode, scan.Format,
            SurroundingsExaminer.Examine(scan), MetadataReader.Read(bytes))
        {
            Blank = BlankImage.Is(scan),
            Chroma = ImageColours.Chroma(scan),
            Fingerprint = Fingerprint.Of(scan),
        };
        cache.Add(facts);
        return facts;
    }
}
