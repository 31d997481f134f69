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
        var images = new List<ExaminedImage>();
        var unreadable = new List<UnreadableFile>();
        foreach (var row in manifest.Rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = manifest.FullPath(row);
            try
            {
                images.Add(new ExaminedImage(row.Path, path, row.Label, row.Split, Facts(path)));
            }
            catch (ScanException e)
            {
                unreadable.Add(new UnreadableFile(row.Path, e.Message));
            }
            progress?.Report(new WorkProgress("images", images.Count + unreadable.Count, manifest.Rows.Count));
        }
        return new Examination(images, unreadable, 0);
    }

    private static ImageFacts Facts(string path)
    {
        var bytes = ScanDecoder.ReadBytes(path);
        var scan = ScanDecoder.Decode(path, bytes);
        return new ImageFacts(
            Convert.ToHexStringLower(SHA256.HashData(bytes)), scan.Width, scan.Height, scan.Mode, scan.Format,
            SurroundingsExaminer.Examine(scan), MetadataReader.Read(bytes))
        {
            Fingerprint = Fingerprint.Of(scan),
        };
    }
}
