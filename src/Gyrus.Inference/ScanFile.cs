using Gyrus.Inference.HeatMaps;

namespace Gyrus.Inference;

/// <summary>An image file that is in memory.</summary>
/// <param name="Name">Its name, for the answer and for messages.</param>
/// <param name="Bytes">The whole file.</param>
/// <param name="HeatMap">What picture of where the answer comes from is wanted; none where null.</param>
public sealed record ScanFile(string Name, byte[] Bytes, HeatMapRequest? HeatMap = null);
