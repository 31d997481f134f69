using Gyrus.Imaging.Labels;
using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Wants a network to answer as its teacher does: Hinton et al. 2015, "Distilling the knowledge in a neural network".</summary>
internal sealed class Distillation
{
    private readonly Teacher _teacher;
    private readonly DistilOptions _options;
    private readonly double _evidenceWeight;
    private readonly long[] _tumours;

    /// <param name="teacher">Is asked about every batch.</param>
    /// <param name="labels">Whose labels its logits are.</param>
    /// <param name="options">How much it counts.</param>
    /// <param name="evidenceWeight">The weight of the difference between the two networks' maps of evidence; 0 for none.</param>
    public Distillation(Teacher teacher, LabelSet labels, DistilOptions options, double evidenceWeight)
    {
        (_teacher, _options, _evidenceWeight) = (teacher, options, evidenceWeight);
        _tumours = [.. Enumerable.Range(0, labels.Count).Where(i => labels[i].IsTumour == true).Select(i => (long)i)];
    }

    /// <summary>The loss of a batch.</summary>
    /// <param name="truths">The loss against the true labels.</param>
    /// <param name="inputs">[N, 3, Size, Size].</param>
    /// <param name="logits">[N, L].</param>
    /// <param name="evidence">[N, H, W]: the network's own evidence of a tumour; null where none is taught.</param>
    public Tensor Loss(Tensor truths, Tensor inputs, Tensor logits, Tensor? evidence)
    {
        var taught = _teacher.Answer(inputs);
        using var temperature = _options.Temperature.ToScalar();
        using var kept = (1 - _options.Share).ToScalar();
        // The gradient of softened answers is smaller by the square of the temperature: Hinton et al. 2015, section 2.1.
        using var given = (_options.Share * _options.Temperature * _options.Temperature).ToScalar();
        var loss = (truths * kept) + (Divergence(taught.Logits / temperature, logits / temperature).mean() * given);
        if (evidence is null || taught.Evidence is null) return loss;
        using var weight = _evidenceWeight.ToScalar();
        // Where the teacher sees no tumour its map says nothing of one.
        var seen = nn.functional.softmax(taught.Logits, 1).index_select(1, tensor(_tumours, device: logits.device)).sum([1]); // [N]
        using var cells = ((double)(evidence.shape[1] * evidence.shape[2])).ToScalar();
        var apart = Divergence(taught.Evidence.flatten(1) * cells, evidence.flatten(1));
        return loss + ((apart * seen).mean() * weight);
    }

    /// <summary>The Kullback-Leibler divergence of the softmax of each row from the teacher's; [N].</summary>
    private static Tensor Divergence(Tensor teachers, Tensor own)
    {
        var wanted = nn.functional.log_softmax(teachers, 1);
        return (wanted.exp() * (wanted - nn.functional.log_softmax(own, 1))).sum([1]);
    }
}
