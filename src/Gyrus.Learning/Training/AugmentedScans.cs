using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>
/// Input of a whole network: stored pixels. An epoch sees one image of each group of copies, another one each time, so that a scan of which there
/// are twenty copies counts as one; or images by weights. In training they are changed at random, and healthy heads may get lesions.
/// </summary>
public sealed class AugmentedScans : IBatchSource
{
    private readonly int[][] _groups;
    private readonly Func<int, PixelStore> _pixels;
    private readonly ScanChanges? _changes;
    private readonly double[]? _weights;
    private readonly LesionDonors? _donors;

    /// <summary>Makes the source.</summary>
    /// <param name="rows">The images of this part.</param>
    /// <param name="labels">The labels of their data set.</param>
    /// <param name="pixels">Their pixels in an epoch (1 for the first): the size may grow with the epochs.</param>
    /// <param name="changes">The changes; null for none, where figures are measured.</param>
    /// <param name="weights">How often an epoch shows each image: <see cref="SourceBalance.Weights"/>; null for one of each group of copies.</param>
    public AugmentedScans(
        IReadOnlyList<ManifestRow> rows, LabelSet labels, Func<int, PixelStore> pixels, ScanChanges? changes, double[]? weights = null)
    {
        (_pixels, _changes, _weights) = (pixels, changes, weights);
        LabelSet = labels;
        Labels = [.. rows.Select(row => labels.IndexOf(row.Label))];
        _groups = [.. Enumerable.Range(0, rows.Count)
            .GroupBy(i => rows[i].Group.Length > 0 ? rows[i].Group : rows[i].Sha256).Select(group => group.ToArray())];
        if (changes is { AddLesions: true }) _donors = new LesionDonors(labels, Labels, pixels(1), changes);
    }

    /// <inheritdoc/>
    public LabelSet LabelSet { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>One image of each group, drawn anew each epoch, or as many by their weights.</summary>
    public int[] Order(int seed, int epoch)
    {
        var random = new SeededRandom((int)Seeds.Derive(seed, "copy", epoch));
        if (_weights is not null) return SourceBalance.Draw(_weights, _groups.Length, random);
        var order = Seeds.Order(_groups.Length, seed, epoch);
        var chosen = Array.ConvertAll(_groups, group => group[random.Next(group.Length)]);
        return Array.ConvertAll(order, group => chosen[group]);
    }

    /// <inheritdoc/>
    public Tensor Inputs(IReadOnlyList<int> images, int epoch, long seed)
    {
        var taught = Taught(images, epoch, seed);
        taught.Lesions?.Dispose();
        return taught.Inputs;
    }

    /// <inheritdoc/>
    public TaughtImages Taught(IReadOnlyList<int> images, int epoch, long seed)
    {
        var store = _pixels(epoch);
        var preprocessing = store.Preprocessing;
        int area = preprocessing.Size * preprocessing.Size;
        var random = new SeededRandom((int)(seed ^ (seed >> 32)));
        var values = new float[images.Count * preprocessing.Length];
        var lesions = new float[images.Count * area];
        var truth = new long[images.Count];
        var changed = new float[preprocessing.Length];
        bool anyLesion = false;
        for (int i = 0; i < images.Count; i++)
        {
            var image = new ShownScan(images[i], Labels[images[i]], store);
            var change = _changes is null ? null : Augmentation.Draw(_changes.Augmentation, random, LabelSet[image.Label].Modality == Modality.Ct);
            if (_donors is not null) image = _donors.Visited(image, change!.Seed);
            image.Write(change, changed);
            truth[i] = image.Label;
            anyLesion |= image.WriteLesion(change, lesions.AsSpan(i * area, area));
            ScanTensor.Normalise(changed, preprocessing, values.AsSpan(i * preprocessing.Length, preprocessing.Length));
        }
        return new TaughtImages(
            tensor(values, [images.Count, 3, preprocessing.Size, preprocessing.Size]), truth,
            anyLesion && _changes is not null ? tensor(lesions, [images.Count, preprocessing.Size, preprocessing.Size]) : null);
    }
}
