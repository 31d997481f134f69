using Gyrus.Data.Manifests;

namespace Gyrus.Evaluation.Scans;

/// <summary>Tells which images a model knows by having seen a copy of them.</summary>
public static class KnownScans
{
    /// <summary>The images themselves, and all that the manifest's groups say are copies of one of them.</summary>
    /// <param name="manifest">A data set, whole; where its rows are in no groups, nothing is added.</param>
    /// <param name="images">SHA-256 of the images that the model has seen.</param>
    public static IReadOnlySet<string> WithCopies(Manifest manifest, IReadOnlySet<string> images)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(images);
        var groups = manifest.Rows.Where(row => row.Group.Length > 0 && images.Contains(row.Sha256))
            .Select(row => row.Group).ToHashSet();
        return manifest.Rows.Where(row => groups.Contains(row.Group)).Select(row => row.Sha256).Concat(images).ToHashSet();
    }
}
