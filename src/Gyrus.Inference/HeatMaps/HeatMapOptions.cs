namespace Gyrus.Inference.HeatMaps;

/// <summary>Asks for heat maps beside the answers.</summary>
/// <param name="Folder">Takes the PNG files; made where it is missing.</param>
/// <param name="Method">How they are computed.</param>
public sealed record HeatMapOptions(string Folder, HeatMapMethod Method = HeatMapMethod.Cam);
