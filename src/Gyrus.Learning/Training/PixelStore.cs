using Gyrus.Data;
using Gyrus.Imaging;

namespace Gyrus.Learning.Training;

/// <summary>
/// Scans framed and resampled once and kept in memory as bytes, so that an epoch decodes nothing: Size * Size bytes an
/// image where the framing makes it grey, three times that otherwise.
/// </summary>
public sealed class PixelStore
{
    private readonly byte[][] _pixels;

    private PixelStore(Preprocessing preprocessing, byte[][] pixels) => (Preprocessing, _pixels) = (preprocessing, pixels);

    /// <summary>How the scans were brought to a square.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>Planes of an image: 1 where all three channels are the same.</summary>
    public int Planes => Preprocessing.Framing == Framing.Head ? 1 : 3;

    /// <summary>The pixels of one image: [<see cref="Planes"/>, Size, Size], 0 to 255.</summary>
    public ReadOnlySpan<byte> this[int image] => _pixels[image];

    /// <summary>Decodes images on all cores.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="rows">The images, each known to be readable.</param>
    /// <param name="preprocessing">Framing, size and kernel.</param>
    /// <param name="progress">Told of each image.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static PixelStore Read(
        Manifest manifest,
        IReadOnlyList<ManifestRow> rows,
        Preprocessing preprocessing,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var store = new PixelStore(preprocessing, new byte[rows.Count][]);
        int done = 0;
        Parallel.For(0, rows.Count, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var pixels = ScanTensor.Pixels(ManifestScans.Read(manifest, rows[i]), preprocessing);
            store._pixels[i] = store.Planes == 3 ? pixels : pixels[..(preprocessing.Size * preprocessing.Size)];
            progress?.Report(new WorkProgress("reading scans", Interlocked.Increment(ref done), rows.Count));
        });
        return store;
    }
}
