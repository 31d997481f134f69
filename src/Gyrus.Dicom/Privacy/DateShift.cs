using System.Globalization;

namespace Gyrus.Dicom.Privacy;

/// <summary>Moves dates by days: PS3.15 section E.3.6. Times of the day stay.</summary>
internal static class DateShift
{
    private const int DateDigits = 8;

    /// <summary>Moves the values of an attribute.</summary>
    /// <param name="representation">How they are to be read: DA or DT.</param>
    /// <param name="values">The values.</param>
    /// <param name="days">How far.</param>
    /// <returns>The values; null where one is no whole date, such as a year alone.</returns>
    public static string? Of(string representation, IReadOnlyList<string> values, int days)
    {
        var moved = values.Select(value => value.Length == 0 ? value : Of(representation, value, days)).ToList();
        return moved.Contains(null) ? null : string.Join('\\', moved);
    }

    private static string? Of(string representation, string value, int days)
    {
        // Files of before 1993 have dots in dates.
        var text = representation == "DA" ? value.Replace(".", "", StringComparison.Ordinal) : value;
        if (text.Length < DateDigits || (representation == "DA" && text.Length > DateDigits)) return null;
        if (!DateOnly.TryParseExact(text[..DateDigits], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || date.DayNumber + days < 0) return null;
        return date.AddDays(days).ToString("yyyyMMdd", CultureInfo.InvariantCulture) + text[DateDigits..];
    }
}
