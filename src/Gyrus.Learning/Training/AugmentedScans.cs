using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>
/// Input of a whole network in training: stored pixels, changed at random. An epoch sees one image of each group of
/// copies, another one each time, so that a scan of which there are twenty copies counts as one.
/// </summary>
public sealed class AugmentedScans : IBatchSource
{
    private readonly int[][] _groups;
    private readonly Func<int, PixelStore> _pixels;
    private readonly AugmentationOptions? _augmentation;

    /// <summary>Makes the source.</summary>
    /// <param name="rows">The images of this part.</param>
    /// <param name="labels">The labels of their data set.</param>
    /// <param name="pixels">Their pixels in an epoch (1 for the first): the size may grow with the epochs.</param>
    /// <param name="augmentation">The changes; null for none, where figures are measured.</param>
    public AugmentedScans(IReadOnlyList<ManifestRow> rows, LabelSet labels, Func<int, PixelStore> pixels, AugmentationOptions? augmentation)
    {
        (_pixels, _augmentation) = (pixels, augmentation);
        LabelSet = labels;
        Labels = [.. rows.Select(row => labels.IndexOf(row.Label))];
        _groups = [.. Enumerable.Range(0, rows.Count)
            .GroupBy(i => rows[i].Group.Length > 0 ? rows[i].Group : rows[i].Sha256).Select(group => group.ToArray())];
    }

    /// <inheritdoc/>
    public LabelSet LabelSet { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>One image of each group, drawn anew each epoch.</summary>
    public int[] Order(int seed, int epoch)
    {
        var order = Seeds.Order(_groups.Length, seed, epoch);
        var random = new SeededRandom((int)Seeds.Derive(seed, "copy", epoch));
        var chosen = Array.ConvertAll(_groups, group => group[random.Next(group.Length)]);
        return Array.ConvertAll(order, group => chosen[group]);
    }

    /// <inheritdoc/>
    public Tensor Inputs(IReadOnlyList<int> images, int epoch, long seed)
    {
        var store = _pixels(epoch);
        var preprocessing = store.Preprocessing;
        int area = preprocessing.Size * preprocessing.Size;
        var random = new SeededRandom((int)(seed ^ (seed >> 32)));
        var values = new float[images.Count * preprocessing.Length];
        var changed = new float[preprocessing.Length];
        for (int i = 0; i < images.Count; i++)
        {
            var change = _augmentation is null ? null : Augmentation.Draw(_augmentation, random);
            for (int plane = 0; plane < 3; plane++)
            {
                var target = changed.AsSpan(plane * area, area);
                if (plane >= store.Planes) changed.AsSpan(0, area).CopyTo(target);
                else Write(store[images[i]].Slice(plane * area, area), preprocessing.Size, change, target);
            }
            ScanTensor.Normalise(changed, preprocessing, values.AsSpan(i * preprocessing.Length, preprocessing.Length));
        }
        return tensor(values, [images.Count, 3, preprocessing.Size, preprocessing.Size]);
    }

    private static void Write(ReadOnlySpan<byte> plane, int size, DrawnChange? change, Span<float> target)
    {
        if (change is not null)
        {
            ChangedPixels.Write(plane, size, change, target);
            return;
        }
        for (int i = 0; i < target.Length; i++) target[i] = plane[i];
    }
}
