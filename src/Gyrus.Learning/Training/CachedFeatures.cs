using Gyrus.Data;
using Gyrus.Imaging;
using Gyrus.Learning.Features;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>
/// Input of a head: features read from the cache as they are needed, so that memory does not grow with the data set.
/// </summary>
/// <param name="cache">Holds the features of every row.</param>
/// <param name="rows">The images.</param>
public sealed class CachedFeatures(FeatureCache cache, IReadOnlyList<ManifestRow> rows) : IBatchSource
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; } = [.. rows.Select(row => ScanLabel.IndexOf(row.Label))];

    /// <inheritdoc/>
    public Tensor Inputs(IReadOnlyList<int> images, long seed)
    {
        var values = new float[images.Count * cache.FeatureCount];
        for (int i = 0; i < images.Count; i++)
        {
            cache.Read(rows[images[i]].Sha256, values.AsSpan(i * cache.FeatureCount, cache.FeatureCount));
        }
        return tensor(values, [images.Count, cache.FeatureCount]); // [N, FeatureCount]
    }
}
