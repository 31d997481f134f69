using Gyrus.Imaging;
using Gyrus.Inference.HeatMaps;
using Gyrus.Package;

namespace Gyrus.Inference;

/// <summary>A batch of scans on its way through the network, in memory that is used again. For one thread.</summary>
/// <param name="session">The network.</param>
/// <param name="preprocessing">How a scan becomes its input.</param>
/// <param name="size">The most scans.</param>
/// <param name="views">Mirror images that are looked at for each: <see cref="ClassifierOptions.Views"/>.</param>
/// <param name="abstention">When a scan is refused; never where null.</param>
/// <param name="maps">How maps are made; none where null.</param>
internal sealed class NetworkBatch(
    NetworkSession session,
    Preprocessing preprocessing,
    int size,
    int views,
    AbstentionSettings? abstention,
    HeatMapMethod? maps)
{
    private readonly float[] _images =
        GC.AllocateUninitializedArray<float>(size * views * preprocessing.Length, pinned: true);
    private readonly float[] _logits = new float[size * views * session.Labels.Count];
    private readonly float[] _novelties = new float[session.HasNovelty ? size * views : 0];
    private readonly ImageArea[] _areas = new ImageArea[size];
    private readonly string?[] _refusals = new string?[size];
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
        var framed = preprocessing.Framing == Framing.Head ? HeadFraming.Apply(scan) : null;
        if (framed is null) ScanTensor.Write(scan, preprocessing, Image(Count, 0));
        else ScanTensor.Write(framed, preprocessing, Image(Count, 0));
        for (int view = 1; view < views; view++)
            MirroredPlanes.Write(Image(Count, 0), preprocessing.Size, view % 2 == 1, view >= 2, Image(Count, view));
        _areas[Count] = framed is null ? ImageArea.Whole : ImageArea.Of(framed, scan);
        _refusals[Count] = abstention is null ? null
            : Acceptance.Judge(scan, framed?.IsHead ?? HeadFinder.Find(scan) is not null);
        Count++;
    }

    /// <summary>Computes the answers.</summary>
    public void Run()
    {
        if (Count > 0) session.Run(
            _images, Count * views, _logits, _novelties, _evidence.AsSpan(0, Count * views * _map.Width * _map.Height));
    }

    /// <summary>The part of a scan that the network saw.</summary>
    public ImageArea Area(int index) => _areas[index];

    /// <summary>Why a scan is refused; null where it is accepted.</summary>
    public string? Refusal(int index) => _refusals[index]
        ?? (abstention is null || !session.HasNovelty ? null : Acceptance.Judge(_novelties[index * views], abstention));

    /// <summary>The logits of a scan, [L]: the mean over its views.</summary>
    public float[] Logits(int index)
    {
        int labels = session.Labels.Count;
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
            return _occlusion.Map(Image(index, 0), _logits.AsSpan(index * views * session.Labels.Count, session.Labels.Count));
        }
        int cells = _map.Width * _map.Height;
        return new EvidenceMap(_map.Width, _map.Height, _evidence.AsSpan(index * views * cells, cells).ToArray());
    }

    private Span<float> Image(int index, int view) =>
        _images.AsSpan(((index * views) + view) * preprocessing.Length, preprocessing.Length);
}
