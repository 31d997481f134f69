using Gyrus.Data.Plots;
using Gyrus.Evaluation.Scans;
using OxyPlot;
using OxyPlot.Axes;

namespace Gyrus.Evaluation.Plots;

/// <summary>ROC curves of tumour against healthy and of each label against the rest, with the areas under
/// them.</summary>
public static class RocPlot
{
    /// <summary>Draws the curves as SVG. A curve without a positive or without a negative is left out.</summary>
    /// <param name="scans">The scans.</param>
    public static string Render(IReadOnlyList<ScoredScan> scans)
    {
        var model = PlotPage.New("ROC curves", "AUROC");
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Bottom, "false positive rate (1 - specificity)"));
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Left, "true positive rate (sensitivity)"));
        model.Series.Add(PlotPage.Curve(null, [(0, 0), (1, 1)], Palette.Grey, Palette.Dotted, 1));
        foreach (var curve in LabelCurve.All(scans)) Add(model, curve);
        return PlotPage.ToSvg(model, 800, 540);
    }

    private static void Add(PlotModel model, LabelCurve curve)
    {
        if (curve.Ranking.Auroc() is not { } area) return;
        var points = curve.Ranking.Curve().Select(point => (point.FalsePositiveRate, point.TruePositiveRate));
        model.Series.Add(PlotPage.Curve(
            FormattableString.Invariant($"{area:0.0000}  {curve.Name}"), points, curve.Colour, curve.Dashes, curve.Width));
    }
}
