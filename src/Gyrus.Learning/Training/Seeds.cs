namespace Gyrus.Learning.Training;

/// <summary>
/// Random numbers that depend on where training is and on nothing else, so that a run that was killed goes on to the
/// same result: every step has a seed of its own, and no generator's state has to be kept.
/// </summary>
internal static class Seeds
{
    /// <summary>Mixes a seed with a position. SplitMix64's finaliser: Steele, Lea and Flood 2014.</summary>
    public static long Derive(int seed, string purpose, int epoch = 0, int step = 0)
    {
        ulong mixed = Mix((ulong)(uint)seed);
        foreach (char letter in purpose) mixed = Mix(mixed ^ letter);
        return (long)(Mix(Mix(mixed ^ (uint)epoch) ^ (uint)step) >> 1);
    }

    /// <summary>The order in which an epoch sees the images: a seeded Fisher-Yates shuffle.</summary>
    public static int[] Order(int count, int seed, int epoch)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new SeededRandom((int)Derive(seed, "order", epoch)).Shuffle(order);
        return order;
    }

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
