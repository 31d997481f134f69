using OxyPlot;

namespace Gyrus.Data;

/// <summary>
/// Colours that readers with any common colour blindness can tell apart (Okabe and Ito; Wong, "Points of view: Color
/// blindness", Nature Methods 8, 2011), without the yellow that white paper swallows. Dashes tell them apart in grey.
/// </summary>
internal static class Palette
{
    public static readonly OxyColor Ink = OxyColor.Parse("#222222");
    public static readonly OxyColor Faint = OxyColor.Parse("#DDDDDD");
    public static readonly OxyColor Grey = OxyColor.Parse("#777777");
    public static readonly OxyColor Blue = OxyColor.Parse("#0072B2");
    public static readonly OxyColor SkyBlue = OxyColor.Parse("#56B4E9");
    public static readonly OxyColor Green = OxyColor.Parse("#009E73");
    public static readonly OxyColor Orange = OxyColor.Parse("#E69F00");
    public static readonly OxyColor Vermilion = OxyColor.Parse("#D55E00");
    public static readonly OxyColor Purple = OxyColor.Parse("#CC79A7");

    /// <summary>Long dashes.</summary>
    public static readonly double[] Dashed = [7, 3];

    /// <summary>Dots.</summary>
    public static readonly double[] Dotted = [2, 3];

    private static readonly OxyColor[] Colours = [Blue, Vermilion, Green, Purple, Orange, SkyBlue, Grey];
    private static readonly double[]?[] Dashes = [null, Dashed, Dotted, [9, 3, 2, 3]];

    /// <summary>Colour and dashes of the i-th of many curves; the first 28 differ.</summary>
    public static (OxyColor Colour, double[]? Dashes) Curve(int i) =>
        (Colours[i % Colours.Length], Dashes[i % Dashes.Length]);
}
