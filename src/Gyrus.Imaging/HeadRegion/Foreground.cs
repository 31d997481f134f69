namespace Gyrus.Imaging.HeadRegion;

/// <summary>What is on a scan before its background.</summary>
/// <param name="Seen">The cells that differ from the background on average.</param>
/// <param name="Solid">The cells that differ from it in every pixel: hardly any cell of writing does.</param>
/// <param name="Frame">The cells along the border that were not looked at.</param>
internal sealed record Foreground(GridMask Seen, GridMask Solid, GridMask Frame);
