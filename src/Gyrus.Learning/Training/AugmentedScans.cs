using Gyrus.Data;
using Gyrus.Imaging;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Input of a whole network: scans decoded as they are needed, changed at random in training.</summary>
/// <param name="manifest">The data set.</param>
/// <param name="rows">The images of this part.</param>
/// <param name="preprocessing">How scans become the network's input.</param>
/// <param name="augmentation">The changes; <see cref="AugmentationOptions.None"/> where figures are measured.</param>
public sealed class AugmentedScans(
    Manifest manifest, IReadOnlyList<ManifestRow> rows, Preprocessing preprocessing, AugmentationOptions augmentation)
    : IBatchSource
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; } = [.. rows.Select(row => ScanLabel.IndexOf(row.Label))];

    /// <inheritdoc/>
    public Tensor Inputs(IReadOnlyList<int> images, long seed)
    {
        using var scope = NewDisposeScope();
        var values = new float[images.Count * preprocessing.Length];
        Parallel.For(0, images.Count, i => ScanTensor.Write(
            ScanDecoder.Read(manifest.FullPath(rows[images[i]])),
            preprocessing,
            values.AsSpan(i * preprocessing.Length, preprocessing.Length)));
        var batch = tensor(values, [images.Count, 3, preprocessing.Size, preprocessing.Size]);
        if (augmentation == AugmentationOptions.None) return batch.MoveToOuterDisposeScope();
        var random = new Random((int)(seed ^ (seed >> 32)));
        var maps = images.SelectMany(_ => Augmentation.Draw(augmentation, random)).ToArray();
        var grid = nn.functional.affine_grid(tensor(maps, [images.Count, 2, 3]), batch.shape, align_corners: false);
        return nn.functional.grid_sample(
            batch, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false)
            .MoveToOuterDisposeScope();
    }
}
