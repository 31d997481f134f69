using System.Globalization;

namespace Gyrus.Learning;

/// <summary>A linear axis.</summary>
/// <param name="Title">What it counts.</param>
/// <param name="Low">The value at its start.</param>
/// <param name="High">The value at its end, above <paramref name="Low"/>.</param>
/// <param name="Step">From tick to tick, above 0.</param>
internal sealed record Axis(string Title, double Low, double High, double Step)
{
    private const int WantedSteps = 5;

    /// <summary>From 0 to 1.</summary>
    public static Axis Share(string title) => new(title, 0, 1, 0.2);

    /// <summary>Epochs from 1 to the last; ticks on whole epochs.</summary>
    public static Axis Epochs(int last)
    {
        double step = Math.Max(1, NiceStep(last));
        return new("epoch", 1, Math.Max(last, 2), step);
    }

    /// <summary>Around values, from tick to tick; values that are not finite are left out.</summary>
    public static Axis Around(string title, IEnumerable<double> values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) return Share(title);
        double low = finite.Min();
        double high = finite.Max();
        double step = NiceStep(high > low ? high - low : Math.Max(Math.Abs(high), 1) / 10);
        double start = Math.Floor(low / step) * step;
        double end = Math.Ceiling(high / step) * step;
        return new(title, start, end > start ? end : start + step, step);
    }

    /// <summary>The values that get a tick, rising.</summary>
    public IEnumerable<double> Ticks()
    {
        // A tick that rounding puts a hair outside still belongs; rounding up can leave -0, which would print its sign.
        double first = Math.Ceiling(Low / Step - 1e-9);
        double last = Math.Floor(High / Step + 1e-9);
        for (double i = first; i <= last; i++) yield return i == 0 ? 0 : i * Step;
    }

    /// <summary>A tick's value in words, with as many decimals as the step needs.</summary>
    public string Word(double tick)
    {
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(Step) - 1e-9), 0, 10);
        return tick.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    // 1, 2 or 5 times a power of ten (Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990).
    private static double NiceStep(double range)
    {
        double rough = range / WantedSteps;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1 => power,
            <= 2 => 2 * power,
            <= 5 => 5 * power,
            _ => 10 * power,
        };
    }
}
