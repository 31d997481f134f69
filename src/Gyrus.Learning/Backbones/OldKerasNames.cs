namespace Gyrus.Learning.Backbones;

/// <summary>Names that an older Keras gave to a backbone's layers.</summary>
/// <param name="Current">The name that a layer has now, for the one that it had; any other name as it is.</param>
/// <param name="BatchNormEpsilon">The number under batch norm's root that went with the old names.</param>
public sealed record OldKerasNames(Func<string, string> Current, double BatchNormEpsilon);
