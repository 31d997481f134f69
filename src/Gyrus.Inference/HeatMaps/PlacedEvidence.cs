namespace Gyrus.Inference.HeatMaps;

/// <summary>A heat map's values, and where in the scan they lie, for a reader that draws them itself.</summary>
/// <param name="Map">The values.</param>
/// <param name="Area">The part of the scan that they cover.</param>
public sealed record PlacedEvidence(EvidenceMap Map, ImageArea Area);
