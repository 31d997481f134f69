namespace Gyrus.Data;

/// <summary>Images that show the same scan: copies of one another, exact or changed.</summary>
/// <param name="Id">Names the group; the same for the same images, wherever they lie and in whatever order.</param>
/// <param name="Images">The paths, two or more, as they stand in the source, in ordinal order.</param>
/// <param name="Exact">Whether all are the same byte for byte.</param>
public sealed record CopyGroup(string Id, IReadOnlyList<string> Images, bool Exact);

/// <summary>Two images that were seen to be copies.</summary>
/// <param name="First">The one path.</param>
/// <param name="Second">The other path.</param>
/// <param name="Similarity">How alike their pixels are once the one is laid over the other, 0 to 1; 1 for the same
/// bytes.</param>
/// <param name="Change">What turns the first into the second, in words, such as <c>mirrored, rotated by 90°</c>.</param>
public sealed record CopyPair(string First, string Second, double Similarity, string Change);

/// <summary>The copies in a set of images.</summary>
/// <param name="Groups">The groups, largest first. An image that has no copy is in none.</param>
/// <param name="Pairs">The pairs behind the groups.</param>
public sealed record CopyReport(IReadOnlyList<CopyGroup> Groups, IReadOnlyList<CopyPair> Pairs);
