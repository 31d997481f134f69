namespace Gyrus.Data.Labels;

/// <summary>What a resolution of labels does to an image.</summary>
/// <param name="Path">The image.</param>
/// <param name="From">The label that the source gave.</param>
/// <param name="To">The label that it gets; null where the image is dropped.</param>
/// <param name="Why">The reason, in a sentence.</param>
public sealed record LabelChange(string Path, string From, string? To, string Why);
