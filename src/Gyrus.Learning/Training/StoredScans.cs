using Gyrus.Data.Manifests;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Features;

namespace Gyrus.Learning.Training;

/// <summary>Images of one part of a data set that can be read, with their pixels at every size that they are needed in.</summary>
/// <param name="Rows">The images.</param>
/// <param name="Stores">Their pixels: a store a size, each in the order of the rows.</param>
internal sealed record StoredScans(IReadOnlyList<ManifestRow> Rows, IReadOnlyList<PixelStore> Stores)
{
    /// <summary>Decodes images on all cores, each once, before hours of training: a bad file is told and left out here.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="rows">The images.</param>
    /// <param name="sizes">Framing, size and kernel of each store.</param>
    /// <param name="onUnusable">Told of each image that cannot be used, in their order.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static StoredScans Read(
        Manifest manifest,
        IReadOnlyList<ManifestRow> rows,
        IReadOnlyList<Preprocessing> sizes,
        Action<UnusableScan>? onUnusable,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var pixels = new byte[]?[sizes.Count, rows.Count];
        var outlines = new byte[]?[sizes.Count, rows.Count];
        var faults = new string?[rows.Count];
        int done = 0;
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            try
            {
                var scan = ManifestScans.Read(manifest, rows[i]);
                for (int size = 0; size < sizes.Count; size++)
                {
                    outlines[size, i] = LesionOutline.Read(manifest, rows[i], scan, sizes[size]);
                    pixels[size, i] = PixelStore.Pixels(scan, sizes[size]);
                }
            }
            catch (Exception e) when (ImageFault.IsOfOneImage(e))
            {
                faults[i] = ImageFault.Message(manifest.FullPath(rows[i]), e);
            }
            progress?.Report(new WorkProgress("reading scans", Interlocked.Increment(ref done), rows.Count));
        });
        for (int i = 0; i < rows.Count; i++)
        {
            if (faults[i] is { } reason) onUnusable?.Invoke(new UnusableScan(rows[i], reason));
        }
        List<int> readable = [.. Enumerable.Range(0, rows.Count).Where(i => faults[i] is null)];
        return new StoredScans(
            [.. readable.Select(i => rows[i])],
            [.. sizes.Select((preprocessing, size) => new PixelStore(
                preprocessing, [.. readable.Select(i => pixels[size, i]!)], [.. readable.Select(i => outlines[size, i])]))]);
    }

    /// <summary>The first image of each key.</summary>
    /// <param name="key">The key of an image.</param>
    public StoredScans DistinctBy(Func<ManifestRow, string> key)
    {
        List<int> first = [.. Enumerable.Range(0, Rows.Count).DistinctBy(i => key(Rows[i]))];
        return new StoredScans([.. first.Select(i => Rows[i])], [.. Stores.Select(store => store.Only(first))]);
    }
}
