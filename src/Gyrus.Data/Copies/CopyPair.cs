namespace Gyrus.Data.Copies;

/// <summary>Two images that were seen to be copies.</summary>
/// <param name="First">The one path.</param>
/// <param name="Second">The other path.</param>
/// <param name="Similarity">How alike their pixels are once the one is laid over the other, 0 to 1; 1 for the same
/// bytes.</param>
/// <param name="Change">What turns the first into the second, in words, such as <c>mirrored, rotated by 90°</c>.</param>
public sealed record CopyPair(string First, string Second, double Similarity, string Change);
