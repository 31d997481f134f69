namespace Gyrus.Data.Copies;

/// <summary>Two images that were seen to be copies.</summary>
/// <param name="First">The place of the one.</param>
/// <param name="Second">The place of the other.</param>
/// <param name="Similarity">As <see cref="PixelAgreement"/> has it.</param>
/// <param name="Map">Where the first lies on the second.</param>
internal sealed record CopyLink(int First, int Second, double Similarity, Alignment Map);
