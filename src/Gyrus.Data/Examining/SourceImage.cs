using Gyrus.Data.Manifests;

namespace Gyrus.Data.Examining;

/// <summary>An image of a source, before it is read.</summary>
/// <param name="Path">As it stands in the manifest or CSV file, or relative to the folder or zip.</param>
/// <param name="FullPath">The absolute path of its file.</param>
/// <param name="Label">Its label; null where the source gives none.</param>
/// <param name="Split">The part that the source puts it in.</param>
public sealed record SourceImage(string Path, string FullPath, string? Label, Split Split);
