using Gyrus.Data.Manifests;

namespace Gyrus.Data.Import;

/// <summary>An image that was found in a source, before it is read.</summary>
/// <param name="FullPath">The absolute path.</param>
/// <param name="Label">Its label.</param>
/// <param name="Split">The part that the source put it in.</param>
/// <param name="Name">Its path as it stands in the source, or relative to it.</param>
internal sealed record FoundImage(string FullPath, string Label, Split Split, string Name)
{
    /// <summary>The values of the source's own further columns; that of a mask is an absolute path.</summary>
    public ManifestValues More { get; init; } = ManifestValues.None;
}

/// <summary>What was found in a source.</summary>
/// <param name="Images">The images whose labels are known.</param>
/// <param name="LeftOut">The other images, with the reason.</param>
/// <param name="Ignored">The number of files that are no images by their names.</param>
internal sealed record FoundImages(
    IReadOnlyList<FoundImage> Images, IReadOnlyList<UnreadableFile> LeftOut, int Ignored)
{
    /// <summary>The names of the source's own further columns.</summary>
    public IReadOnlyList<string> MoreColumns { get; init; } = [];
}
