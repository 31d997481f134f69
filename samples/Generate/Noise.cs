namespace Gyrus.Samples;

/// <summary>Noise that is the same for the same seed on every machine and every version of .NET.</summary>
internal static class Noise
{
    /// <summary>A picture of independent values of mean 0 and standard deviation 1.</summary>
    public static Slice Gaussian(Canvas canvas, ulong seed)
    {
        ulong state = seed;
        return Slice.Create(canvas, (_, _) => Normal(ref state));
    }

    // Box and Muller 1958.
    private static double Normal(ref ulong state) =>
        Math.Sqrt(-2 * Math.Log(1 - Uniform(ref state))) * Math.Cos(2 * Math.PI * Uniform(ref state));

    // SplitMix64: Steele, Lea and Flood 2014, figure 17; the upper 53 bits as a number in [0, 1).
    private static double Uniform(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong bits = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
