namespace Gyrus.Data.Copies;

/// <summary>Images that show the same scan: copies of one another, exact or changed.</summary>
/// <param name="Id">Names the group; the same for the same images, wherever they lie and in whatever order.</param>
/// <param name="Images">The paths, two or more, as they stand in the source, in ordinal order.</param>
/// <param name="Exact">Whether all are the same byte for byte.</param>
public sealed record CopyGroup(string Id, IReadOnlyList<string> Images, bool Exact);
