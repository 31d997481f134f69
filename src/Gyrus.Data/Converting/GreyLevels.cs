using Gyrus.Imaging.Decoding;

namespace Gyrus.Data.Converting;

/// <summary>How the values of a series become levels of 16 bits: value = level x slope + offset.</summary>
/// <param name="Slope">What a level is multiplied by.</param>
/// <param name="Offset">What is added then.</param>
/// <param name="IsExact">Whether each value comes back as it was, to the precision of float32; else it is off by half a slope at most.</param>
public sealed record GreyLevels(double Slope, double Offset, bool IsExact)
{
    /// <summary>Levels for values in a range: whole numbers as they are, moved where some are below 0; values that one slope made of whole numbers as these; others in equal steps.</summary>
    /// <param name="range">The values of all slices of a series.</param>
    internal static GreyLevels Of(ValueRange range)
    {
        double width = range.Most - range.Least;
        if (range.IsWhole && width <= ushort.MaxValue) return new(1, range.Least < 0 || range.Most > ushort.MaxValue ? range.Least : 0, range.IsFinite);
        if (range.Scale is { } scale && Math.Round(width / Math.Abs(scale.Slope)) <= ushort.MaxValue)
        {
            // Of values that are float32 the lowest is not quite the number of which it was made.
            return new(Math.Abs(scale.Slope), (Math.Round((range.Least - scale.Intercept) / scale.Slope) * scale.Slope) + scale.Intercept, range.IsFinite);
        }
        return new(width > 0 ? width / ushort.MaxValue : 1, range.Least, range.IsFinite && width == 0);
    }

    /// <summary>The levels of a slice.</summary>
    /// <param name="slice">One of those that the range was of.</param>
    /// <returns>[Height, Width]; 0 for what is no number.</returns>
    internal ushort[] Of(GreySlice slice) =>
        Array.ConvertAll(slice.Values, value => float.IsFinite(value) ? (ushort)Math.Clamp(Math.Round((value - Offset) / Slope), 0, ushort.MaxValue) : (ushort)0);
}

/// <summary>What is known of the values of slices.</summary>
/// <param name="Least">The lowest.</param>
/// <param name="Most">The highest.</param>
/// <param name="IsWhole">Whether all are whole numbers.</param>
/// <param name="IsFinite">Whether all are numbers.</param>
/// <param name="Scale">The slope and intercept that made all of them of whole numbers; null where there is no such.</param>
/// <param name="Unit">Their unit.</param>
internal sealed record ValueRange(double Least, double Most, bool IsWhole, bool IsFinite, (double Slope, double Intercept)? Scale, string Unit)
{
    /// <summary>The range of one slice.</summary>
    public static ValueRange Of(GreySlice slice)
    {
        var (least, most, isWhole, isFinite) = (float.PositiveInfinity, float.NegativeInfinity, true, true);
        foreach (float value in slice.Values)
        {
            if (!float.IsFinite(value))
            {
                isFinite = false;
                continue;
            }
            if (value < least) least = value;
            if (value > most) most = value;
            isWhole &= value == MathF.Floor(value);
        }
        return least > most ? new(0, 0, IsWhole: true, isFinite, slice.Scale, slice.Unit) : new(least, most, isWhole, isFinite, slice.Scale, slice.Unit);
    }

    /// <summary>The range of both.</summary>
    public ValueRange And(ValueRange other) => new(
        Math.Min(Least, other.Least), Math.Max(Most, other.Most), IsWhole && other.IsWhole, IsFinite && other.IsFinite, Scale == other.Scale ? Scale : null,
        Unit == other.Unit ? Unit : "");
}
