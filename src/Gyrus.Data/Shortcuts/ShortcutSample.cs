using Gyrus.Data.Examining;

namespace Gyrus.Data.Shortcuts;

/// <summary>An image whose label is to be guessed from what is not brain.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Group">Names the images that show the same scan: all of a group are guessed by a classifier that saw
/// none of them. An image without copies is a group of its own.</param>
/// <param name="Facts">What its file holds.</param>
public sealed record ShortcutSample(string Label, string Group, ImageFacts Facts);
