namespace Gyrus.Inference.HeatMaps;

/// <summary>A heat map as a picture.</summary>
/// <param name="Png">A PNG file: the scan with colours over it at the upper left, their bar right of it.</param>
/// <param name="ScanWidth">Width of the scan in the picture, in pixels.</param>
/// <param name="ScanHeight">Height of the scan in the picture, in pixels.</param>
public sealed record DrawnHeatMap(byte[] Png, int ScanWidth, int ScanHeight);
