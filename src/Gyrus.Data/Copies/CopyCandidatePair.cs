namespace Gyrus.Data.Copies;

/// <summary>Two images that may be copies, and how the one would lie on the other.</summary>
/// <param name="First">The place of the one.</param>
/// <param name="Second">The place of the other.</param>
/// <param name="Correlation">How alike their discs are as they would lie, -1 to 1.</param>
/// <param name="Maps">Maps from the first to the second, in pixels of the largest level, the likeliest first.</param>
internal sealed record CopyCandidatePair(int First, int Second, float Correlation, Alignment[] Maps);
