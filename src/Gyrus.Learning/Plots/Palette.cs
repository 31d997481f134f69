namespace Gyrus.Learning;

/// <summary>
/// Colours that readers with any common colour blindness can tell apart (Okabe and Ito; Wong, "Points of view: Color
/// blindness", Nature Methods 8, 2011), without the yellow that white paper swallows. Dashes tell them apart in grey.
/// </summary>
internal static class Palette
{
    public const string Ink = "#222222";
    public const string Faint = "#DDDDDD";
    public const string Grey = "#777777";
    public const string Blue = "#0072B2";
    public const string SkyBlue = "#56B4E9";
    public const string Green = "#009E73";
    public const string Orange = "#E69F00";
    public const string Vermilion = "#D55E00";
    public const string Purple = "#CC79A7";

    private static readonly string[] s_colours = [Blue, Vermilion, Green, Purple, Orange, SkyBlue, Grey];
    private static readonly string?[] s_dashes = [null, "7 3", "2 3", "9 3 2 3"];

    /// <summary>A stroke for the i-th of many curves; the first 28 differ.</summary>
    public static Stroke Curve(int i) => new(s_colours[i % s_colours.Length], 2, s_dashes[i % s_dashes.Length]);
}
