using Gyrus.Data.Plots;
using Gyrus.Evaluation.Scans;
using OxyPlot;
using OxyPlot.Axes;

namespace Gyrus.Evaluation.Plots;

/// <summary>Precision-recall curves of tumour against healthy and of each label against the rest, with their average precision.</summary>
public static class PrecisionRecallPlot
{
    /// <summary>Draws the curves as SVG. A curve without a positive is left out.</summary>
    /// <param name="scans">The scans.</param>
    public static string Render(IReadOnlyList<ScoredScan> scans)
    {
        var model = PlotPage.New("Precision-recall curves", "average precision");
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Bottom, "recall (sensitivity)"));
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Left, "precision (positive predictive value)"));
        foreach (var curve in LabelCurve.All(scans)) Add(model, curve);
        return PlotPage.ToSvg(model, 800, 540);
    }

    private static void Add(PlotModel model, LabelCurve curve)
    {
        if (curve.Ranking.AveragePrecision() is not { } precision) return;
        var points = curve.Ranking.PrecisionRecallCurve();
        // From the axis on, at the precision of the first threshold.
        model.Series.Add(PlotPage.Curve(
            FormattableString.Invariant($"{precision:0.0000}  {curve.Name}"),
            points.Select(point => (point.Recall, point.Precision)).Prepend((0, points[0].Precision)),
            curve.Colour, curve.Dashes, curve.Width));
    }
}
