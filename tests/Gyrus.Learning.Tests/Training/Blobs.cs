using Gyrus.Imaging.Labels;
using Gyrus.Learning.Training;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Training;

/// <summary>Seven overlapping clouds of points, one a label: a data set that a head learns in a moment.</summary>
internal sealed class Blobs(int count, int seed, double noise = 1) : IBatchSource
{
    public const int Dimensions = 8;

    private readonly float[][] _points = Draw(count, seed, noise);

    public LabelSet LabelSet => PublishedLabels.Set;

    public IReadOnlyList<int> Labels { get; } = [.. Enumerable.Range(0, count).Select(i => i % 7)];

    /// <summary>Called before each batch is made.</summary>
    public Action? OnBatch { get; set; }

    public Tensor Inputs(IReadOnlyList<int> images, int epoch, long seed)
    {
        OnBatch?.Invoke();
        return tensor(images.SelectMany(image => _points[image]).ToArray(), [images.Count, Dimensions]);
    }

    private static float[][] Draw(int count, int seed, double noise)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, Dimensions)
            .Select(d => (float)((d == i % 7 ? 2 : 0) + (noise * ((random.NextDouble() * 2) - 1)))).ToArray())];
    }
}
