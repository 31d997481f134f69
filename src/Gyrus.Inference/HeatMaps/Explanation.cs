namespace Gyrus.Inference.HeatMaps;

/// <summary>An answer and where it comes from.</summary>
/// <param name="Probabilities">[L], in the order of the model's labels, summing to 1.</param>
/// <param name="Map">The evidence for a tumour or for a label (<see cref="EvidenceMap.Label"/>), over the network's square input.</param>
/// <param name="Area">The part of the scan that the map covers.</param>
public sealed record Explanation(float[] Probabilities, EvidenceMap Map, ImageArea Area);
