using Gyrus.Imaging;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Inference;

/// <summary>A batch of scans on its way through the network, in memory that is used again. For one thread.</summary>
/// <param name="session">The network.</param>
/// <param name="preprocessing">How a scan becomes its input.</param>
/// <param name="size">The most scans.</param>
/// <param name="views">Mirror images that are looked at for each: <see cref="ClassifierOptions.Views"/>.</param>
/// <param name="maps">How maps are made; none where null.</param>
internal sealed class NetworkBatch(
    NetworkSession session, Preprocessing preprocessing, int size, int views, HeatMapMethod? maps)
{
    private readonly float[] _images =
        GC.AllocateUninitializedArray<float>(size * views * preprocessing.Length, pinned: true);
    private readonly float[] _logits = new float[size * views * ScanLabel.All.Count];
    private readonly (int Width, int Height) _map = maps == HeatMapMethod.Cam ? session.EvidenceSize!.Value : (0, 0);
    private readonly float[] _evidence = maps == HeatMapMethod.Cam ? new float[size * views * session.EvidenceCells] : [];
    private Occlusion? _occlusion;

    /// <summary>The scans in it.</summary>
    public int Count { get; private set; }

    /// <summary>Takes them out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Puts a scan in.</summary>
    public void Add(Scan scan)
    {
        ScanTensor.Write(scan, preprocessing, Image(Count, 0));
        for (int view = 1; view < views; view++)
            MirroredPlanes.Write(Image(Count, 0), preprocessing.Size, view % 2 == 1, view >= 2, Image(Count, view));
        Count++;
    }

    /// <summary>Computes the answers.</summary>
    public void Run()
    {
        if (Count > 0) session.Run(
            _images, Count * views, _logits, _evidence.AsSpan(0, Count * views * _map.Width * _map.Height));
    }

    /// <summary>The logits of a scan, [7]: the mean over its views.</summary>
    public float[] Logits(int index)
    {
        int labels = ScanLabel.All.Count;
        var mean = new float[labels];
        for (int view = 0; view < views; view++)
        {
            for (int label = 0; label < labels; label++)
                mean[label] += _logits[(((index * views) + view) * labels) + label] / views;
        }
        return mean;
    }

    /// <summary>The evidence map of a scan as it is, not of its mirror images; with occlusion this is where the work is.</summary>
    public EvidenceMap Map(int index)
    {
        if (maps == HeatMapMethod.Occlusion)
        {
            _occlusion ??= new Occlusion(session, preprocessing, size);
            return _occlusion.Map(Image(index, 0), _logits.AsSpan(index * views * ScanLabel.All.Count, ScanLabel.All.Count));
        }
        int cells = _map.Width * _map.Height;
        return new EvidenceMap(_map.Width, _map.Height, _evidence.AsSpan(index * views * cells, cells).ToArray());
    }

    private Span<float> Image(int index, int view) =>
        _images.AsSpan(((index * views) + view) * preprocessing.Length, preprocessing.Length);
}
