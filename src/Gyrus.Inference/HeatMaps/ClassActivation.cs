using Gyrus.Inference.Runtime;

namespace Gyrus.Inference.HeatMaps;

/// <summary>
/// Takes the map that the network gives: of a tumour as it is; of a label the sum over the logits of what cells add to each, times how
/// the label's log-odds move with it. Grad-CAM, Selvaraju et al. 2017, with the sign kept.
/// </summary>
internal sealed class ClassActivation(INetwork network) : Explainer
{
    public override MapOutput? Needs(bool ofLabel) => ofLabel ? network.LabelEvidence : network.Evidence ?? network.LabelEvidence;

    public override string? Refusal(bool ofLabel) => Needs(ofLabel) is not null ? null
        : ofLabel ? "This model was exported by a Gyrus that knew no class activation maps of a label. Export it again, or use occlusion, the slower "
            + "method, which works for any label and any model."
        : "This model was exported by a Gyrus that knew no heat maps. Export it again, or use occlusion, the slower method that needs "
            + "nothing of it.";

    public override EvidenceMap Map(
        ReadOnlySpan<float> image, ReadOnlySpan<float> logits, ReadOnlySpan<float> given, EvidenceTarget target)
    {
        var output = Needs(target.Label is not null)!;
        var map = new EvidenceMap(output.Width, output.Height, new float[output.Width * output.Height]) { Label = target.Label };
        if (ReferenceEquals(output, network.Evidence))
        {
            given.CopyTo(map.Values);
            return map;
        }
        var gradient = target.Gradient(logits);
        for (int label = 0; label < gradient.Length; label++)
        {
            var added = given.Slice(label * map.Values.Length, map.Values.Length);
            for (int i = 0; i < added.Length; i++) map.Values[i] += gradient[label] * added[i];
        }
        return map;
    }
}
