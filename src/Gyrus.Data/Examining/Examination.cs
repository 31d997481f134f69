using Gyrus.Data.Copies;
using Gyrus.Data.Import;

namespace Gyrus.Data.Examining;

/// <summary>A source, looked at image by image.</summary>
/// <param name="Images">Those that can be read, in the source's order.</param>
/// <param name="Unreadable">Those that cannot, with the reason.</param>
/// <param name="Ignored">The number of files that are no images by their names.</param>
public sealed record Examination(
    IReadOnlyList<ExaminedImage> Images, IReadOnlyList<UnreadableFile> Unreadable, int Ignored)
{
    /// <summary>Finds the copies among the images.</summary>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the work.</param>
    public CopyReport FindCopies(IProgress<WorkProgress>? progress, CancellationToken cancellation) => CopyFinder.Find(
        [.. Images.Select(image => new CopyCandidate(image.Path, image.Facts.Sha256, image.Facts.Fingerprint))],
        progress,
        cancellation);
}
