using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Cluster.Replicas;

/// <summary>An image that another replica is to answer.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Bytes">The whole file.</param>
/// <param name="HeatMap">What heat map is wanted; none where null.</param>
[GenerateSerializer, Immutable, Alias("gyrus.sent-image")]
public sealed record SentImage(string Name, byte[] Bytes, SentHeatMap? HeatMap)
{
    internal static SentImage Of(ScanFile file) => new(file.Name, file.Bytes, file.HeatMap is { } map ? new SentHeatMap(map.Method?.Name, map.Label) : null);

    internal ScanFile File() => new(Name, Bytes, HeatMap is null ? null : new HeatMapRequest(HeatMapMethod.All.FirstOrDefault(method => method.Name == HeatMap.Method), HeatMap.Label));
}

/// <summary>A heat map that is wanted as a picture.</summary>
/// <param name="Method">How it is computed; null for the usual way.</param>
/// <param name="Label">The label that it is of; null for the usual one.</param>
[GenerateSerializer, Immutable, Alias("gyrus.sent-heat-map")]
public sealed record SentHeatMap(string? Method, string? Label);
