using Gyrus.Imaging.Labels;
using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>What training makes small: the cross-entropy of the labels that an image's label stands for.</summary>
internal sealed class Objective
{
    private readonly TrainingOptions _options;
    private readonly float[] _labelWeights;
    private readonly Device _device;

    // [L, L]: a row for each true label; 0 for the labels that it may stand for, far below 0 for the others.
    private readonly float[,] _excluded;

    /// <param name="labels">The training part's labels, for their weights and for what a tumour of no type can stand for.</param>
    /// <param name="set">The labels that there are.</param>
    /// <param name="options">Weights, smoothing and the meaning of a tumour of no type.</param>
    /// <param name="device">Where logits are.</param>
    public Objective(IReadOnlyList<int> labels, LabelSet set, TrainingOptions options, Device device)
    {
        (_options, _device) = (options, device);
        _labelWeights = LabelWeights(labels, set.Count, options.ClassWeights);
        _excluded = Excluded(labels, set, options.Unspecified);
    }

    /// <summary>The weight of some images: the sum of their labels'.</summary>
    public double Weight(IReadOnlyList<long> truth) => truth.Sum(label => (double)_labelWeights[label]);

    /// <summary>The weighted mean loss of a batch.</summary>
    /// <param name="logits">[N, L].</param>
    /// <param name="truth">[N].</param>
    public Tensor Loss(Tensor logits, long[] truth) => Mean(Each(logits, truth, smoothed: true), truth);

    /// <summary>The same of images that were mixed in pairs.</summary>
    /// <param name="logits">[N, L].</param>
    /// <param name="truth">[N], the labels of which there is more.</param>
    /// <param name="others">[N], their partners'.</param>
    /// <param name="share">How much there is of the first, 0 to 1.</param>
    public Tensor Loss(Tensor logits, long[] truth, long[] others, double share)
    {
        using var kept = share.ToScalar();
        using var given = (1 - share).ToScalar();
        return (Loss(logits, truth) * kept) + (Loss(logits, others) * given);
    }

    /// <summary>The mean loss of images without label weights and smoothing, as validation counts it.</summary>
    public double PlainLoss(Tensor logits, long[] truth) => Each(logits, truth, smoothed: false).mean().item<float>();

    /// <summary>-log of the summed probability of the labels that the truth may stand for; [N].</summary>
    private Tensor Each(Tensor logits, long[] truth, bool smoothed)
    {
        var logs = nn.functional.log_softmax(logits, dim: 1); // [N, L]
        var rows = new float[truth.Length, _labelWeights.Length];
        for (int i = 0; i < truth.Length; i++)
        {
            for (int label = 0; label < _labelWeights.Length; label++) rows[i, label] = _excluded[truth[i], label];
        }
        var loss = -(logs + tensor(rows, device: _device)).logsumexp(1);
        if (!smoothed || _options.LabelSmoothing == 0) return loss;
        using var kept = (1 - _options.LabelSmoothing).ToScalar();
        using var spread = (-_options.LabelSmoothing).ToScalar();
        return (loss * kept) + (logs.mean([1]) * spread);
    }

    private Tensor Mean(Tensor losses, long[] truth)
    {
        var weights = tensor(Array.ConvertAll(truth, label => _labelWeights[label]), device: _device);
        return (losses * weights).sum() / weights.sum();
    }

    // A type of which the training part has no image is none that a tumour of unknown type could stand for: nothing would ever tell
    // the network what that type looks like, and all of them would be called so.
    private static float[,] Excluded(IReadOnlyList<int> labels, LabelSet set, Unspecified unspecified)
    {
        var present = labels.ToHashSet();
        // Not minus infinity, of which the logarithm of a sum has no gradient.
        const float never = -1e4f;
        int count = set.Count;
        var excluded = new float[count, count];
        for (int truth = 0; truth < count; truth++)
        {
            for (int label = 0; label < count; label++)
            {
                bool standsFor = truth == label || (unspecified == Unspecified.Partial
                    && present.Contains(label) && set.Allowed(truth).Contains(label));
                excluded[truth, label] = standsFor ? 0 : never;
            }
        }
        return excluded;
    }

    private static float[] LabelWeights(IReadOnlyList<int> labels, int count, ClassWeights weights)
    {
        var counts = new int[count];
        foreach (int label in labels) counts[label]++;
        int present = counts.Count(images => images > 0);
        return [.. counts.Select(images =>
            weights == ClassWeights.None || images == 0 ? 1f : (float)labels.Count / (present * images))];
    }
}
