namespace Gyrus.Imaging.Decoding;

/// <summary>Values by their rank, found by counting in two steps of 16 bits: a tenth of the time of sorting an image.</summary>
internal sealed class RankedValues
{
    private const int Half = 1 << 16;

    private readonly float[] _values;
    private readonly int[] _upper = new int[Half];

    /// <param name="values">The values; those that are not finite are passed over.</param>
    public RankedValues(float[] values)
    {
        _values = values;
        foreach (float value in values)
        {
            if (!float.IsFinite(value)) continue;
            _upper[Order(value) >> 16]++;
            Count++;
        }
    }

    /// <summary>The finite values.</summary>
    public int Count { get; }

    /// <summary>The values of two ranks.</summary>
    /// <param name="low">0 for the lowest value, below <see cref="Count"/>.</param>
    /// <param name="high">Likewise.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public (float Low, float High) At(int low, int high)
    {
        var (lowUpper, lowLeft) = Find(_upper, low);
        var (highUpper, highLeft) = Find(_upper, high);
        int[] lowCounts = new int[Half], highCounts = new int[Half];
        foreach (float value in _values)
        {
            uint order = Order(value);
            if (order >> 16 == lowUpper && float.IsFinite(value)) lowCounts[order & (Half - 1)]++;
            if (order >> 16 == highUpper && float.IsFinite(value)) highCounts[order & (Half - 1)]++;
        }
        return (Value(lowUpper, Find(lowCounts, lowLeft).Place), Value(highUpper, Find(highCounts, highLeft).Place));
    }

    /// <summary>How many values are no higher than a limit.</summary>
    public int CountUpTo(double limit)
    {
        int count = 0;
        foreach (float value in _values)
        {
            if (value <= limit && float.IsFinite(value)) count++;
        }
        return count;
    }

    private static (int Place, int Left) Find(int[] counts, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        int place = 0;
        while (place < counts.Length && rank >= counts[place]) rank -= counts[place++];
        return place < counts.Length ? (place, rank) : throw new ArgumentOutOfRangeException(nameof(rank));
    }

    // IEEE 754's bits of positive numbers are in their order; those of negative ones in the opposite.
    private static uint Order(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
    }

    private static float Value(int upper, int lower)
    {
        uint order = ((uint)upper << 16) | (uint)lower;
        return BitConverter.UInt32BitsToSingle((order & 0x80000000) != 0 ? order & 0x7FFFFFFF : ~order);
    }
}
