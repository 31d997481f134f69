using System.Security.Cryptography;
using Gyrus.Data.Copies;
using Gyrus.Data.Import;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Examining;

/// <summary>The images of a data set as copies are found among them.</summary>
/// <param name="Images">Those that can be read, in the manifest's order.</param>
/// <param name="Unreadable">Those that cannot, with the reason.</param>
public sealed record CopySearch(IReadOnlyList<CopyCandidate> Images, IReadOnlyList<UnreadableFile> Unreadable)
{
    /// <summary>Makes the fingerprint of every image, which a split and a check of it need alone; an audit looks at more
    /// (<see cref="DatasetExamination"/>), and its cache serves here too.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="cacheFolder">Where what was computed is kept, by hash.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work; what was computed is kept.</param>
    public static CopySearch In(
        Manifest manifest, string cacheFolder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var images = manifest.Rows.Select(row => new SourceImage(row.Path, manifest.FullPath(row), row.Label, row.Split)).ToList();
        var (found, unreadable) = ImageSweep.Run(images, cacheFolder, Read, progress, cancellation);
        return new CopySearch(
            [.. images.Zip(found).Where(image => image.Second is not null)
                .Select(image => image.Second! with { Path = image.First.Path })],
            unreadable);
    }

    /// <summary>Finds the copies.</summary>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the work.</param>
    public CopyReport Run(IProgress<WorkProgress>? progress, CancellationToken cancellation) =>
        CopyFinder.Find(Images, progress, cancellation);

    private static CopyCandidate Read(string path, FactsCache cache)
    {
        var bytes = ScanDecoder.ReadBytes(path);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (cache.FindFingerprint(sha256) is { } known) return new CopyCandidate(path, sha256, known);
        var fingerprint = Fingerprint.Of(ScanDecoder.Decode(path, bytes));
        cache.Add(sha256, fingerprint);
        return new CopyCandidate(path, sha256, fingerprint);
    }
}
