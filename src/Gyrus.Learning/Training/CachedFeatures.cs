using System.Runtime.InteropServices;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Features;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>
/// Input of a head: features read from the cache as they are needed, so that memory does not grow with the data set.
/// </summary>
/// <param name="cache">Holds the features of every row.</param>
/// <param name="rows">The images.</param>
/// <param name="labels">The labels of their data set.</param>
public sealed class CachedFeatures(FeatureCache cache, IReadOnlyList<ManifestRow> rows, LabelSet labels) : IBatchSource
{
    /// <inheritdoc/>
    public LabelSet LabelSet => labels;

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; } = [.. rows.Select(row => labels.IndexOf(row.Label))];

    /// <inheritdoc/>
    public Tensor Inputs(IReadOnlyList<int> images, int epoch, long seed)
    {
        // Straight into the tensor's memory: an array a step would keep the garbage collector busier than the training.
        var batch = empty(images.Count, cache.FeatureCount); // [N, FeatureCount]
        var values = MemoryMarshal.Cast<byte, float>(batch.bytes);
        for (int i = 0; i < images.Count; i++)
        {
            cache.Read(rows[images[i]].Sha256, values.Slice(i * cache.FeatureCount, cache.FeatureCount));
        }
        return batch;
    }
}
