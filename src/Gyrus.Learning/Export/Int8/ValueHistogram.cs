namespace Gyrus.Learning.Export.Int8;

/// <summary>
/// Counts values in bins of equal width around zero. The bins double in width, and neighbours become one, where a value
/// lies beyond them, so that one pass over the values is enough.
/// </summary>
internal sealed class ValueHistogram
{
    private const int Half = 4096;

    private readonly long[] _counts = new long[2 * Half];
    private double _limit = Math.ScaleB(1, -20);
    private long _total;
    private float _min = float.PositiveInfinity;
    private float _max = float.NegativeInfinity;

    /// <summary>Counts some values.</summary>
    /// <returns>Whether all are finite; those behind one that is not are not counted.</returns>
    public bool Add(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) return false;
            _min = Math.Min(_min, value);
            _max = Math.Max(_max, value);
        }
        while (values.Length > 0 && Math.Max(-_min, _max) >= _limit) Widen();
        double perUnit = Half / _limit;
        foreach (var value in values) _counts[Half + (int)Math.Floor(value * perUnit)]++;
        _total += values.Length;
        return true;
    }

    /// <summary>The smallest range with zero in it that leaves few values out.</summary>
    /// <param name="coverage">1 for the range from the smallest to the largest value; less leaves out a share of at most
    /// 1 - coverage at each end.</param>
    /// <exception cref="InvalidOperationException">No value was counted.</exception>
    public ValueRange Range(double coverage)
    {
        if (_total == 0) throw new InvalidOperationException("no values were counted");
        long spare = (long)Math.Floor((1 - coverage) * _total);
        int low = 0;
        for (long left = _counts[low]; left <= spare; left += _counts[low]) low++;
        int high = _counts.Length - 1;
        for (long left = _counts[high]; left <= spare; left += _counts[high]) high--;
        double width = _limit / Half;
        return new ValueRange(
            (float)Math.Min(Math.Max((low - Half) * width, _min), 0),
            (float)Math.Max(Math.Min((high + 1 - Half) * width, _max), 0));
    }

    private void Widen()
    {
        var old = (long[])_counts.Clone();
        Array.Clear(_counts);
        for (int i = 0; i < old.Length; i++) _counts[(Half / 2) + (i / 2)] += old[i];
        _limit *= 2;
    }
}
