using OxyPlot;

namespace Gyrus.Data.Plots;

/// <summary>
/// Colours that readers with any common colour blindness can tell apart (Okabe and Ito; Wong, "Points of view: Color
/// blindness", Nature Methods 8, 2011), without the yellow that white paper swallows. Dashes tell them apart in grey.
/// </summary>
public static class Palette
{
    /// <summary>Text and axes.</summary>
    public static OxyColor Ink { get; } = OxyColor.Parse("#222222");

    /// <summary>Lines of a grid.</summary>
    public static OxyColor Faint { get; } = OxyColor.Parse("#DDDDDD");

    /// <summary>What is beside the matter.</summary>
    public static OxyColor Grey { get; } = OxyColor.Parse("#777777");

    /// <summary>Blue.</summary>
    public static OxyColor Blue { get; } = OxyColor.Parse("#0072B2");

    /// <summary>Sky blue.</summary>
    public static OxyColor SkyBlue { get; } = OxyColor.Parse("#56B4E9");

    /// <summary>Bluish green.</summary>
    public static OxyColor Green { get; } = OxyColor.Parse("#009E73");

    /// <summary>Orange.</summary>
    public static OxyColor Orange { get; } = OxyColor.Parse("#E69F00");

    /// <summary>Vermilion.</summary>
    public static OxyColor Vermilion { get; } = OxyColor.Parse("#D55E00");

    /// <summary>Reddish purple.</summary>
    public static OxyColor Purple { get; } = OxyColor.Parse("#CC79A7");

    /// <summary>Long dashes.</summary>
    public static IReadOnlyList<double> Dashed { get; } = [7, 3];

    /// <summary>Dots.</summary>
    public static IReadOnlyList<double> Dotted { get; } = [2, 3];

    private static readonly OxyColor[] Colours = [Blue, Vermilion, Green, Purple, Orange, SkyBlue, Grey];
    private static readonly IReadOnlyList<double>?[] Dashes = [null, Dashed, Dotted, [9, 3, 2, 3]];

    /// <summary>Colour and dashes of the i-th of many curves; the first 28 differ.</summary>
    public static (OxyColor Colour, IReadOnlyList<double>? Dashes) Curve(int i) =>
        (Colours[i % Colours.Length], Dashes[i % Dashes.Length]);
}
