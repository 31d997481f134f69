namespace Gyrus.Learning.Backbones;

/// <summary>A file of a backbone's ImageNet weights that comes with Gyrus, in the folder <c>weights</c> beside the program.</summary>
/// <param name="File">Its name.</param>
/// <param name="Licence">What is known of its licence.</param>
public sealed record ShippedWeights(string File, string Licence);
