using System.Globalization;

namespace Gyrus.Server.Hosting;

/// <summary>What a number that is set may be.</summary>
/// <param name="Least">The least.</param>
/// <param name="Most">The most.</param>
public sealed record ValueRange(long Least, long Most)
{
    /// <summary>Whether a number is in it.</summary>
    public bool Holds(long value) => value >= Least && value <= Most;

    /// <summary>As the rest of a sentence.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Least:#,0} to {Most:#,0}");

    /// <summary>Checks a number.</summary>
    /// <exception cref="GyrusException">It is not in the range.</exception>
    internal void Require(long value, string what)
    {
        if (!Holds(value)) throw new GyrusException(string.Create(CultureInfo.InvariantCulture, $"{what} is {value}: it goes from {this}."));
    }
}
