using Gyrus.Imaging;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Inference;

/// <summary>A batch of scans on its way through the network, in memory that is used again. For one thread.</summary>
/// <param name="session">The network.</param>
/// <param name="preprocessing">How a scan becomes its input.</param>
/// <param name="size">The most scans.</param>
/// <param name="maps">How maps are made; none where null.</param>
internal sealed class NetworkBatch(
    NetworkSession session, Preprocessing preprocessing, int size, HeatMapMethod? maps)
{
    private readonly float[] _images = GC.AllocateUninitializedArray<float>(size * preprocessing.Length, pinned: true);
    private readonly float[] _logits = new float[size * ScanLabel.All.Count];
    private readonly (int Width, int Height) _map = maps == HeatMapMethod.Cam ? session.EvidenceSize!.Value : (0, 0);
    private readonly float[] _evidence = maps == HeatMapMethod.Cam ? new float[size * session.EvidenceCells] : [];
    private Occlusion? _occlusion;

    /// <summary>The scans in it.</summary>
    public int Count { get; private set; }

    /// <summary>Takes them out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Puts a scan in.</summary>
    public void Add(Scan scan)
    {
        ScanTensor.Write(scan, preprocessing, Image(Count));
        Count++;
    }

    /// <summary>Computes the answers.</summary>
    public void Run()
    {
        if (Count > 0) session.Run(_images, Count, _logits, _evidence.AsSpan(0, Count * _map.Width * _map.Height));
    }

    /// <summary>The logits of a scan, [7].</summary>
    public Span<float> Logits(int index) => _logits.AsSpan(index * ScanLabel.All.Count, ScanLabel.All.Count);

    /// <summary>The evidence map of a scan; with occlusion this is where the work is.</summary>
    public EvidenceMap Map(int index)
    {
        if (maps == HeatMapMethod.Occlusion)
        {
            _occlusion ??= new Occlusion(session, preprocessing, size);
            return _occlusion.Map(Image(index), Logits(index));
        }
        int cells = _map.Width * _map.Height;
        return new EvidenceMap(_map.Width, _map.Height, _evidence.AsSpan(index * cells, cells).ToArray());
    }

    private Span<float> Image(int index) => _images.AsSpan(index * preprocessing.Length, preprocessing.Length);
}
