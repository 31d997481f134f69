namespace Gyrus.Data.Copies;

/// <summary>The waves of a disc, [ring, wave].</summary>
/// <param name="Real">The real parts.</param>
/// <param name="Imaginary">The imaginary parts.</param>
internal sealed record Waves(float[] Real, float[] Imaginary);
