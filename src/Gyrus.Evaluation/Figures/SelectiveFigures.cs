using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Figures;

/// <summary>The figures of a model that may leave an answer out: how much it answers, and how much of that is wrong. An answer is whether there is a
/// tumour where labels tell, and the label where they do not.</summary>
public static class SelectiveFigures
{
    private const double FixedCoverage = 0.8;

    /// <summary>The share of scans that the model does not refuse; not defined where it was not asked whether it does.</summary>
    public static FigureDefinition<EvaluatedScans> Accepted { get; } =
        Mean("accepted", "accepted", (scan, _) => Number(scan.Accepted)) with { CardName = "accepted", ColumnName = "accepted" };

    /// <summary>Of the scans that the model does not refuse, the share with a wrong answer.</summary>
    public static FigureDefinition<EvaluatedScans> WrongAmongAccepted { get; } = Mean(
        "wrongAmongAccepted", "wrong among accepted",
        (scan, threshold) => scan.Accepted == true ? Number(ScanDecision.IsWrong(scan, threshold)) : double.NaN) with
    {
        CardName = "wrong among accepted",
        ColumnName = "wrongAmongAccepted",
    };

    /// <summary>The share of wrong answers among the surest 80 % of all, refused or not.</summary>
    public static FigureDefinition<EvaluatedScans> WrongAt80 { get; } = Ordered(
        "wrongAt80", "wrong among the surest 80 %", (curve, weights) => curve.RiskAt(FixedCoverage, weights)) with
    {
        CardName = "wrong among the surest 80 %",
        ColumnName = "wrongAt80",
        ColumnTitle = "wrong of surest 80 %",
    };

    /// <summary>The area under the risk-coverage curve of all answers, refused or not: <see cref="RiskCoverage.Area"/>.</summary>
    public static FigureDefinition<EvaluatedScans> RiskCoverageArea { get; } = Ordered(
        "riskCoverageArea", "risk-coverage area (AURC)", (curve, weights) => curve.Area(weights)) with
    {
        CardName = "area under the risk-coverage curve",
    };

    /// <summary>The share of scans whose conformal set holds the label; not defined where no sets are made.</summary>
    public static FigureDefinition<EvaluatedScans> Covered { get; } =
        Mean("covered", "label in the set", (scan, _) => Number(scan.Covered)) with { ColumnName = "covered" };

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<FigureDefinition<EvaluatedScans>> All { get; } = [Accepted, WrongAmongAccepted, WrongAt80, RiskCoverageArea, Covered];

    /// <summary>The order of the answers by how sure they are.</summary>
    /// <param name="scans">The scans.</param>
    /// <param name="threshold">The tumour probability that is called a tumour, where the model has none of its own.</param>
    internal static RiskCoverage Curve(IReadOnlyList<ScoredScan> scans, double threshold) => new(
        [.. scans.Select(scan => ScanDecision.Confidence(scan, threshold))], [.. scans.Select(scan => ScanDecision.IsWrong(scan, threshold))]);

    private delegate double? Reading(RiskCoverage curve, ReadOnlySpan<int> weights);

    private static FigureDefinition<EvaluatedScans> Ordered(string name, string title, Reading reading) => new(name, title, scans =>
    {
        var curve = Curve(scans.Scans, scans.Options.TumourThreshold);
        return resample => reading(curve, resample.Weights);
    });

    private static FigureDefinition<EvaluatedScans> Mean(string name, string title, Func<ScoredScan, double, double> value) => new(name, title, scans =>
    {
        double[] values = [.. scans.Scans.Select(scan => value(scan, scans.Options.TumourThreshold))];
        return resample => resample.Mean(values);
    });

    private static double Number(bool? value) => value switch { true => 1, false => 0, null => double.NaN };
}
