namespace Gyrus.Data;

/// <summary>An image that was found in a source, before it is read.</summary>
/// <param name="FullPath">The absolute path.</param>
/// <param name="Label">Its label.</param>
/// <param name="Split">The part that the source put it in.</param>
internal sealed record FoundImage(string FullPath, string Label, Split Split);
