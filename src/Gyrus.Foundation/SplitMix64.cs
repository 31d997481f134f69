namespace Gyrus;

/// <summary>
/// A small random generator with independent streams by number, the same on every machine and version of .NET (Steele,
/// Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
/// </summary>
public struct SplitMix64(ulong state)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;
    private ulong _state = state;

    /// <summary>A generator of its own for each seed and stream, whatever order the streams are used in.</summary>
    public static SplitMix64 ForStream(int seed, int stream) => new(Mix(((ulong)(uint)seed << 32) | (uint)stream));

    /// <summary>A number from 0 to <paramref name="limit"/> - 1. Its bias is below limit / 2^64.</summary>
    public int Below(int limit)
    {
        _state += GoldenGamma;
        return (int)Math.BigMul(Mix(_state), (ulong)limit, out _);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
