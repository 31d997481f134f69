using Gyrus.Imaging.Decoding;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Inference;

/// <summary>An image that is read when its turn comes.</summary>
/// <param name="Name">Its name, for the answer and for messages.</param>
/// <param name="Read">Reads it, on any thread; a <see cref="ScanException"/> gives an error result.</param>
/// <param name="HeatMap">What heat map is wanted; none where null.</param>
public sealed record ScanImage(string Name, Func<Scan> Read, HeatMapRequest? HeatMap = null);
