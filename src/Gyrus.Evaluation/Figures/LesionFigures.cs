using Gyrus.Evaluation.Scans;

namespace Gyrus.Evaluation.Figures;

/// <summary>Whether heat maps point at lesions, on scans whose lesion is drawn.</summary>
public static class LesionFigures
{
    /// <summary>The share of them whose heat map is strongest on the lesion: the pointing game of Zhang et al. 2018, "Top-Down Neural Attention by
    /// Excitation Backprop".</summary>
    public static FigureDefinition<EvaluatedScans> Hit { get; } =
        Mean("hit", "heat map on the lesion", scan => scan.LesionHit switch { true => 1, false => 0, null => double.NaN }) with
        {
            CardName = "heat map strongest on the lesion",
            ColumnName = "lesionHit",
            ColumnTitle = "lesion hit",
        };

    /// <summary>The lesion's mean share of the head: how often a place that is chosen blindly would lie on it.</summary>
    public static FigureDefinition<EvaluatedScans> Share { get; } =
        Mean("share", "lesion's share of the head", scan => scan.LesionShare ?? double.NaN) with
        {
            CardName = "the lesion's share of the head",
            ColumnName = "lesionShare",
            ColumnTitle = "share of the head",
        };

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<FigureDefinition<EvaluatedScans>> All { get; } = [Hit, Share];

    private static FigureDefinition<EvaluatedScans> Mean(string name, string title, Func<ScoredScan, double> value) => new(name, title, scans =>
    {
        double[] values = [.. scans.Scans.Select(value)];
        return resample => resample.Mean(values);
    });
}
