namespace Gyrus.Inference.HeatMaps;

/// <summary>Asks for heat maps beside the answers.</summary>
/// <param name="Folder">Takes the PNG files; made where it is missing. Null where pictures stay in the answers (<see cref="ScanResult.Picture"/>).</param>
/// <param name="Method">How they are computed; <see cref="HeatMapMethod.Cam"/> where null.</param>
/// <param name="Label">The label that they are of, against all others; as in <see cref="HeatMapRequest.Label"/> where null.</param>
public sealed record HeatMapOptions(string? Folder, HeatMapMethod? Method = null, string? Label = null)
{
    /// <summary>What is asked for of each scan.</summary>
    public HeatMapRequest Request => new(Method, Label);
}
