using Gyrus.Data;
using Gyrus.Imaging;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Input of a whole network where it is measured: scans decoded as they are needed, exactly as inference
/// decodes them.</summary>
/// <param name="manifest">The data set.</param>
/// <param name="rows">The images of this part.</param>
/// <param name="preprocessing">How scans become the network's input.</param>
/// <param name="mirrored">Whether every image is mirrored left to right.</param>
public sealed class DecodedScans(
    Manifest manifest, IReadOnlyList<ManifestRow> rows, Preprocessing preprocessing, bool mirrored = false) : IBatchSource
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; } = [.. rows.Select(row => ScanLabel.IndexOf(row.Label))];

    /// <inheritdoc/>
    public Tensor Inputs(IReadOnlyList<int> images, int epoch, long seed)
    {
        using var scope = NewDisposeScope();
        var values = new float[images.Count * preprocessing.Length];
        Parallel.For(0, images.Count, i => ScanTensor.Write(
            ManifestScans.Read(manifest, rows[images[i]]),
            preprocessing,
            values.AsSpan(i * preprocessing.Length, preprocessing.Length)));
        var batch = tensor(values, [images.Count, 3, preprocessing.Size, preprocessing.Size]);
        return (mirrored ? batch.flip(3) : batch).MoveToOuterDisposeScope();
    }
}
