using System.Globalization;
using Gyrus.Server.Hosting;

namespace Gyrus.Cli.Commands.Serve;

/// <summary>Reads settings as people write them.</summary>
internal static class SettingText
{
    private static readonly (string Name, int Shift)[] Units = [("KiB", 10), ("MiB", 20), ("GiB", 30)];

    /// <summary>A whole number of a range.</summary>
    public static int? Number(string text, ValueRange range) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && range.Holds(number) ? number : null;

    /// <summary>A probability.</summary>
    public static double? Probability(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
        && number is >= 0 and <= 1 ? number : null;

    /// <summary>A time of a range: hours or days, <c>36h</c>, <c>90d</c>.</summary>
    public static TimeSpan? Age(string text, TimeSpan least, TimeSpan most)
    {
        double hours = text.EndsWith('h') ? 1 : text.EndsWith('d') ? 24 : 0;
        return hours > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number * hours >= least.TotalHours && number * hours <= most.TotalHours ? TimeSpan.FromHours(number * hours) : null;
    }

    /// <summary>A number of bytes of a range: <c>1000</c>, <c>500KiB</c>, <c>32MiB</c>, <c>2GiB</c>.</summary>
    public static long? Bytes(string text, ValueRange range)
    {
        var (name, shift) = Array.Find(Units, unit => text.EndsWith(unit.Name, StringComparison.Ordinal));
        return long.TryParse(text.AsSpan(0, text.Length - (name ?? "").Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number <= long.MaxValue >> shift && range.Holds(number << shift) ? number << shift : null;
    }
}
