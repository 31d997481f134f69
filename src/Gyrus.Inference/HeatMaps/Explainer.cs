using Gyrus.Inference.Runtime;

namespace Gyrus.Inference.HeatMaps;

/// <summary>Finds where an answer comes from. For one thread.</summary>
internal abstract class Explainer
{
    /// <summary>What the network has to give beside its answer; nothing, where the map is made of further answers.</summary>
    /// <param name="ofLabel">Whether the map is of a label, and not of a tumour.</param>
    public virtual MapOutput? Needs(bool ofLabel) => null;

    /// <summary>Why there are no such maps and what to do, as sentences that name no file; null where there are.</summary>
    /// <param name="ofLabel">Whether they are of a label, and not of a tumour.</param>
    public virtual string? Refusal(bool ofLabel) => null;

    /// <summary>The map of an image.</summary>
    /// <param name="image">[3, size, size], preprocessed.</param>
    /// <param name="logits">The network's answer to it, [L].</param>
    /// <param name="given">What the network gave of it where something was needed (<see cref="Needs"/>).</param>
    /// <param name="target">What the map is of.</param>
    public abstract EvidenceMap Map(
        ReadOnlySpan<float> image, ReadOnlySpan<float> logits, ReadOnlySpan<float> given, EvidenceTarget target);
}
