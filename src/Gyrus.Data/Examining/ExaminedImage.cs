using Gyrus.Data.Manifests;

namespace Gyrus.Data.Examining;

/// <summary>An image of a source that could be read.</summary>
/// <param name="Path">As it stands in the manifest or CSV file, or relative to the folder or zip.</param>
/// <param name="FullPath">The absolute path of its file.</param>
/// <param name="Label">Its label; null where the source gives none.</param>
/// <param name="Split">The part that it is in.</param>
/// <param name="Facts">What its file holds.</param>
public sealed record ExaminedImage(string Path, string FullPath, string? Label, Split Split, ImageFacts Facts)
{
    /// <summary>What the source says of the person and of how the image was made.</summary>
    public ImageOrigin Origin { get; init; } = ImageOrigin.Unknown;
}
