namespace Gyrus.Data.Copies;

/// <summary>The copies in a set of images.</summary>
/// <param name="Groups">The groups, largest first. An image that has no copy is in none.</param>
/// <param name="Pairs">The pairs behind the groups.</param>
public sealed record CopyReport(IReadOnlyList<CopyGroup> Groups, IReadOnlyList<CopyPair> Pairs);
