using System.Security.Cryptography;
using Gyrus.Data.Copies;
using Gyrus.Data.Import;
using Gyrus.Data.Metadata;
using Gyrus.Data.Surroundings;
using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Grey;
using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Data.Examining;

/// <summary>Looks at every image of a data set, from the cache where its file was seen before.</summary>
public static class DatasetExamination
{
    /// <summary>Examines the images of a source.</summary>
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
        var (facts, faults) = ImageSweep.Run(images, cacheFolder, Facts, progress, cancellation);
        return new Examination(
            [.. images.Zip(facts).Where(image => image.Second is not null).Select(image => new ExaminedImage(
                image.First.Path, image.First.FullPath, image.First.Label, image.First.Split, image.Second!)
            {
                Origin = image.First.Origin,
            })],
            [.. unreadable, .. faults],
            ignored);
    }

    private static ImageFacts Facts(string path, FactsCache cache)
    {
        var bytes = ScanDecoder.ReadBytes(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (cache.Find(sha256) is { } known) return known;
        var scan = ScanDecoder.Decode(path, bytes);
        var head = HeadFinder.Find(scan);
        var facts = new ImageFacts(
            sha256, scan.Width, scan.Height, scan.Mode, scan.Format,
            SurroundingsExaminer.Examine(scan, head), MetadataReader.Read(bytes))
        {
            Blank = BlankImage.Is(scan),
            Chroma = ImageColours.Chroma(scan),
            Fingerprint = Fingerprint.Of(scan),
            Acquisition = AcquisitionColumns.Of(scan, head),
        };
        cache.Add(facts);
        return facts;
    }
}
