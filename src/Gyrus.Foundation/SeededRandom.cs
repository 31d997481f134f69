namespace Gyrus;

/// <summary>
/// Random numbers that a seed fixes for good: a split, a fold or a weight that is drawn with a seed is the same on every machine and
/// with every version of .NET, which promises that of its own generator for one version alone. Not for secrets, and not safe for
/// several threads.
/// </summary>
/// <remarks>
/// Knuth's subtractive generator (The Art of Computer Programming, volume 2, section 3.2.2) with the constants of Numerical Recipes'
/// <c>ran3</c> and the lag 21, which is what <see cref="Random"/> with a seed has used up to .NET 10: what Gyrus drew with that before stays as
/// it was.
/// </remarks>
public sealed class SeededRandom
{
    private const int Modulus = int.MaxValue;
    private const int Start = 161803398;
    private const int Length = 55;
    private const int Lag = 21;

    private readonly int[] _state = new int[Length];
    private int _at = Length - 1;
    private int _behind = Lag - 1;

    /// <summary>A generator at its first number.</summary>
    /// <param name="seed">Any number; one and its negative give the same numbers.</param>
    public SeededRandom(int seed)
    {
        int previous = Start - (seed == int.MinValue ? int.MaxValue : Math.Abs(seed));
        _state[Length - 1] = previous;
        int next = 1;
        for (int i = 1; i < Length; i++)
        {
            int place = (Lag * i % Length) - 1;
            _state[place] = next;
            next = Wrapped(previous - next);
            previous = _state[place];
        }
        for (int round = 0; round < 4; round++)
        {
            for (int i = 0; i < Length; i++) _state[i] = Wrapped(_state[i] - _state[(i + 31) % Length]);
        }
    }

    /// <summary>A number from 0 to <see cref="int.MaxValue"/> - 1.</summary>
    public int Next()
    {
        _at = (_at + 1) % Length;
        _behind = (_behind + 1) % Length;
        int drawn = _state[_at] - _state[_behind];
        if (drawn == Modulus) drawn--;
        return _state[_at] = Wrapped(drawn);
    }

    /// <summary>A number from 0 to <paramref name="limit"/> - 1; 0 where the limit is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 0.</exception>
    public int Next(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return (int)(NextDouble() * limit);
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="limit"/> - 1; the least where both are equal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are further apart than <see cref="int.MaxValue"/>, or in the wrong order.</exception>
    public int Next(int least, int limit)
    {
        long range = (long)limit - least;
        ArgumentOutOfRangeException.ThrowIfNegative(range, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(range, int.MaxValue, nameof(limit));
        return (int)(NextDouble() * range) + least;
    }

    /// <summary>A number from 0 up to but not 1.</summary>
    public double NextDouble() => Next() * (1.0 / Modulus);

    /// <summary>A number from 0 up to but not 1.</summary>
    public float NextSingle()
    {
        while (true)
        {
            // Doubles just below 1 are 1 as floats.
            float drawn = (float)NextDouble();
            if (drawn < 1) return drawn;
        }
    }

    /// <summary>Puts values into random order (Fisher and Yates).</summary>
    /// <param name="values">What is put into order.</param>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = 0; i < values.Length - 1; i++)
        {
            int other = Next(i, values.Length);
            (values[i], values[other]) = (values[other], values[i]);
        }
    }

    /// <inheritdoc cref="Shuffle{T}(Span{T})"/>
    public void Shuffle<T>(T[] values) => Shuffle(values.AsSpan());

    private static int Wrapped(int value) => value < 0 ? value + Modulus : value;
}
