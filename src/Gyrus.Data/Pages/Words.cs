using System.Globalization;

namespace Gyrus.Data.Pages;

/// <summary>Numbers as the page and the score card write them.</summary>
internal static class Words
{
    public static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    public static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    /// <summary>The share of a number, or a dash where there is nothing to have a share of.</summary>
    public static string Percent(int part, int whole) => whole == 0 ? "–" : Percent((double)part / whole);

    public static string Images(int count) => Count(count, "image");

    public static string Files(int count) => Count(count, "file");

    public static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{Number(count)} {what}s";

    public static string Label(string? label) => label ?? "no label";
}
