using Gyrus.Imaging.Labels;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>
/// Wants the evidence of a tumour to lie where its lesion is drawn: -log of the share of the lesion's cells in a softmax of the evidence over all
/// cells of the image. The rest of the head then is the counter-example, of the same scanner and the same person. The evidence is the one that a
/// model gives its heat maps from: each cell's share of the log-odds of a tumour.
/// </summary>
internal sealed class EvidenceObjective
{
    // Not minus infinity, of which the logarithm of a sum has no gradient.
    private const float Never = -1e4f;

    private readonly Tensor _kernel; // [L, C]
    private readonly Tensor _tumours; // [L]: 0 for tumours, far below 0 for the others
    private readonly Tensor _healthy; // [L]: the other way round

    /// <param name="network">A network whose head is one layer behind the mean over a feature map.</param>
    /// <param name="labels">Whose labels its logits are.</param>
    /// <exception cref="GyrusException">The head has hidden layers, the network no feature map, or the labels do not tell tumours.</exception>
    public EvidenceObjective(TorchNetwork network, LabelSet labels)
    {
        var pooling = network.Graph.Layers.OfType<GlobalAveragePooling>().LastOrDefault();
        var head = network.Graph.Layers.SkipWhile(layer => layer != pooling).Skip(1).Where(layer => layer is not Dropout).ToList();
        if (pooling is null || head is not [Dense dense])
            throw new GyrusException("Evidence is taught through a head without hidden layers, behind a backbone that is fitted. Train such a network, or teach no evidence.");
        if (!labels.TellsTumours) throw new GyrusException("Evidence of tumours can be taught only where labels tell tumours from the healthy.");
        FeatureMap = pooling.From;
        _kernel = network.Variable(dense.Variables[0].Name);
        float[] Out(bool kept) => [.. labels.All.Select(label => label.IsTumour == true == kept ? 0 : Never)];
        (_tumours, _healthy) = (tensor(Out(true), device: network.Device), tensor(Out(false), device: network.Device));
    }

    /// <summary>The layer whose output is the feature map.</summary>
    public string FeatureMap { get; }

    /// <summary>What each cell adds to the log-odds of a tumour, times the number of cells; [N, H, W].</summary>
    /// <param name="map">[N, C, H, W].</param>
    /// <param name="logits">[N, L].</param>
    public Tensor Evidence(Tensor map, Tensor logits)
    {
        var given = logits.detach();
        var direction = nn.functional.softmax(given + _tumours, 1) - nn.functional.softmax(given + _healthy, 1); // [N, L]
        var weights = direction.matmul(_kernel); // [N, C]
        return (map.to(ScalarType.Float32) * weights.unsqueeze(2).unsqueeze(3)).sum([1]);
    }

    /// <summary>The sum over images with drawn lesions, divided by the number of all.</summary>
    /// <param name="map">[N, C, H, W].</param>
    /// <param name="logits">[N, L].</param>
    /// <param name="lesions">[N, Size, Size], 1 on a lesion and 0 elsewhere.</param>
    public Tensor Loss(Tensor map, Tensor logits, Tensor lesions)
    {
        var evidence = Evidence(map, logits);
        var shares = nn.functional.adaptive_avg_pool2d(
            lesions.to(map.device).unsqueeze(1), [map.shape[2], map.shape[3]]).flatten(1); // [N, H * W]
        var largest = shares.amax([1], keepdim: true); // [N, 1]
        using var nearZero = 1e-4.ToScalar();
        using var never = ((double)Never).ToScalar();
        var drawn = largest.gt(nearZero); // [N, 1]
        var inside = (shares / largest.clamp_min(nearZero)).clamp_min(nearZero).log(); // [N, H * W]
        inside = inside.masked_fill(shares.le(nearZero), never);
        using var count = map.shape[0].ToScalar();
        var each = -(nn.functional.log_softmax(evidence.flatten(1), 1) + inside).logsumexp(1); // [N]
        return (each * drawn.squeeze(1).to(ScalarType.Float32)).sum() / count;
    }
}
