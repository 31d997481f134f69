using Gyrus.Data;
using Gyrus.Imaging;
using Gyrus.Learning.Features;

namespace Gyrus.Learning.Runs;

/// <summary>Finds the images that can be read, so that a bad file stops no training hours later.</summary>
internal static class ReadableScans
{
    public static IReadOnlyList<ManifestRow> Find(
        Manifest manifest,
        IReadOnlyList<ManifestRow> rows,
        Action<UnusableScan>? onUnusable,
        CancellationToken cancellation)
    {
        var faults = new string?[rows.Count];
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                ManifestScans.Read(manifest, rows[i]);
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                faults[i] = ImageFault.Message(manifest.FullPath(rows[i]), e);
            }
        });
        for (int i = 0; i < rows.Count; i++)
        {
            if (faults[i] is { } reason) onUnusable?.Invoke(new UnusableScan(rows[i], reason));
        }
        return [.. rows.Where((_, i) => faults[i] is null)];
    }
}
