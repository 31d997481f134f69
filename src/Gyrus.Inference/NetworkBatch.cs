using Gyrus.Imaging.Acquisition;
using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Inference.HeatMaps;
using Gyrus.Inference.Runtime;
using Gyrus.Models.Trust;

namespace Gyrus.Inference;

/// <summary>A batch of scans on its way through the network, in memory that is used again. For one thread.</summary>
/// <param name="network">The network.</param>
/// <param name="preprocessing">How a scan becomes its input.</param>
/// <param name="size">The most scans.</param>
/// <param name="views">Mirror images that are looked at for each: <see cref="ClassifierOptions.Views"/>.</param>
/// <param name="abstention">When a scan is refused; never where null.</param>
internal sealed class NetworkBatch(
    INetwork network,
    Preprocessing preprocessing,
    int size,
    int views,
    AbstentionSettings? abstention)
{
    private readonly float[] _images =
        GC.AllocateUninitializedArray<float>(size * views * preprocessing.Length, pinned: true);
    private readonly float[] _logits = new float[size * views * network.Labels.Count];
    private readonly float[] _novelties = new float[network.HasNovelty ? size * views : 0];
    private readonly ImageArea[] _areas = new ImageArea[size];
    private readonly string?[] _refusals = new string?[size];
    private readonly int?[] _kinds = new int?[size];
    private readonly double?[] _heads = new double?[size];
    private readonly HeatMapRequest?[] _requests = new HeatMapRequest?[size];
    private readonly Explainers _explainers = new(network, preprocessing, size);
    private readonly Dictionary<MapOutput, float[]> _given = [];

    /// <summary>The scans in it.</summary>
    public int Count { get; private set; }

    /// <summary>Takes them out.</summary>
    public void Clear() => Count = 0;

    /// <summary>Puts a scan in.</summary>
    /// <param name="scan">The scan.</param>
    /// <param name="heatMap">What heat map is wanted of it; none where null.</param>
    /// <exception cref="GyrusException">The network gives no such heat map.</exception>
    public void Add(Scan scan, HeatMapRequest? heatMap = null)
    {
        if (heatMap is not null && _explainers.Refusal(heatMap) is { } refusal) throw new GyrusException(refusal);
        var head = preprocessing.Framing == Framing.Head || abstention is not null ? HeadFinder.Find(scan) : null;
        var framed = preprocessing.Framing == Framing.Head ? HeadFraming.Apply(scan, head) : null;
        if (framed is null) ScanTensor.Write(scan, preprocessing, Image(Count, 0));
        else ScanTensor.Write(framed, preprocessing, Image(Count, 0));
        for (int view = 1; view < views; view++)
            MirroredPlanes.Write(Image(Count, 0), preprocessing.Size, view % 2 == 1, view >= 2, Image(Count, view));
        _areas[Count] = framed is null ? ImageArea.Whole : ImageArea.Of(framed, scan);
        _refusals[Count] = abstention is null ? null : Acceptance.Judge(scan, head is not null);
        _kinds[Count] = _refusals[Count] is null ? abstention?.Kinds?.IndexOf(AcquisitionColumns.OfSequence(scan, head)) : null;
        _heads[Count] = head?.Share;
        _requests[Count] = heatMap;
        Count++;
    }

    /// <summary>Computes the answers.</summary>
    public void Run()
    {
        if (Count > 0) network.Run(_images, Count * views, _logits, _novelties, Wanted());
    }

    /// <summary>The part of a scan that the network saw.</summary>
    public ImageArea Area(int index) => _areas[index];

    /// <summary>[count * views, 3, size, size]: the inputs of the scans in it, which <see cref="Run"/> computes.</summary>
    public ReadOnlyMemory<float> Images => _images.AsMemory(0, Count * views * preprocessing.Length);

    /// <summary>The answer to a scan, with the values of the map that was wanted of it.</summary>
    /// <param name="index">The scan.</param>
    /// <param name="path">Its file, as it was named.</param>
    /// <param name="trust">What was learnt about the network on validation.</param>
    /// <param name="threshold">The threshold for tumour; null for the one in <paramref name="trust"/>.</param>
    public ScanResult Answer(int index, string path, TrustSettings trust, double? threshold)
    {
        var answer = ScanResult.Answer(path, Logits(index), network.Labels, trust, threshold);
        var refusal = Refusal(index);
        answer = answer with { Reason = refusal ?? answer.Reason, IsUnsure = refusal is null && answer.Reason is not null, Kind = _kinds[index], HeadShare = _heads[index] };
        answer = answer with { Worth = answer.Accepted ? Worth(index) : null };
        if (_requests[index] is null || answer.Label is null) return answer;
        var map = Map(index, answer.Label);
        return answer with { Evidence = new PlacedEvidence(map, Area(index)), HeatMapLabel = map.Label };
    }

    /// <summary>Why a scan is refused; null where it is accepted. That it is no head goes before what kind of head it would be.</summary>
    private string? Refusal(int index) => _refusals[index]
        ?? (abstention is null || !network.HasNovelty ? null : Acceptance.Judge(_novelties[index * views], abstention))
        ?? (_kinds[index] is { } kind ? abstention!.Kinds!.Refusal(kind) : null);

    /// <summary>What an answer is worth on images made like a scan, as a sentence; null where it is not known.</summary>
    private string? Worth(int index) => _kinds[index] is { } kind ? abstention!.Kinds!.Worth(kind) : null;

    /// <summary>The logits of a scan, [L]: the mean over its views.</summary>
    public float[] Logits(int index)
    {
        int labels = network.Labels.Count;
        var mean = new float[labels];
        for (int view = 0; view < views; view++)
        {
            for (int label = 0; label < labels; label++)
                mean[label] += _logits[(((index * views) + view) * labels) + label] / views;
        }
        return mean;
    }

    /// <summary>The map that was wanted of a scan as it is, not of its mirror images; with occlusion this is where the work is.</summary>
    /// <param name="index">The scan.</param>
    /// <param name="answer">The label that it is given.</param>
    public EvidenceMap Map(int index, ScanLabel answer)
    {
        var request = _requests[index]!;
        var explainer = _explainers[request.UsedMethod];
        int labels = network.Labels.Count;
        var needed = explainer.Needs(request.IsOfLabel(network.Labels));
        return explainer.Map(
            Image(index, 0),
            _logits.AsSpan(index * views * labels, labels),
            needed is null ? [] : _given[needed].AsSpan(index * views * needed.Length, needed.Length),
            request.Target(network.Labels, answer));
    }

    /// <summary>The outputs that the maps in it are made of, and where they go.</summary>
    private List<(MapOutput Output, float[] Into)> Wanted()
    {
        List<(MapOutput Output, float[] Into)> wanted = [];
        for (int i = 0; i < Count; i++)
        {
            if (_requests[i] is not { } request) continue;
            if (_explainers[request.UsedMethod].Needs(request.IsOfLabel(network.Labels)) is not { } needed) continue;
            if (!_given.TryGetValue(needed, out var into)) _given.Add(needed, into = new float[size * views * needed.Length]);
            if (!wanted.Exists(one => one.Output == needed)) wanted.Add((needed, into));
        }
        return wanted;
    }

    private Span<float> Image(int index, int view) =>
        _images.AsSpan(((index * views) + view) * preprocessing.Length, preprocessing.Length);
}
