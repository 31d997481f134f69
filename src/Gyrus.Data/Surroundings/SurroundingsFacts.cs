namespace Gyrus.Data;

/// <summary>The head on an image, and what is around it.</summary>
/// <param name="HeadFound">Whether a head was found at all.</param>
/// <param name="HeadShare">Share of the image's pixels that the head covers, 0 to 1.</param>
/// <param name="BurnedInText">Whether there is writing or drawing outside the head.</param>
/// <param name="Features">What a classifier of shortcuts is given: border pixels and text mask, each 0 to 1.</param>
public sealed record SurroundingsFacts(bool HeadFound, double HeadShare, bool BurnedInText, float[] Features);
