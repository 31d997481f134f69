using Gyrus.Data.Manifests;

namespace Gyrus.Data.Splits;

/// <summary>An image and where a split put it.</summary>
/// <param name="Path">Names it.</param>
/// <param name="Label">Its label; null where it has none.</param>
/// <param name="Split">Its part.</param>
/// <param name="Fold">Its fold; null where there are none.</param>
public sealed record PlacedImage(string Path, string? Label, Split Split, int? Fold = null);
