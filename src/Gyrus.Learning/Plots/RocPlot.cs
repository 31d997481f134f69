using Gyrus.Data;
using Gyrus.Imaging;
using OxyPlot;
using OxyPlot.Axes;

namespace Gyrus.Learning;

/// <summary>ROC curves of tumour against healthy and of each label against the rest, with the areas under
/// them.</summary>
public static class RocPlot
{
    // By label: CT dashed, MRI solid, the tumour of no known type dotted.
    private static readonly (OxyColor Colour, double[]? Dashes)[] Strokes =
    [
        (Palette.SkyBlue, Palette.Dashed),
        (Palette.Blue, Palette.Dashed),
        (Palette.Vermilion, null),
        (Palette.Green, null),
        (Palette.Orange, null),
        (Palette.Purple, null),
        (Palette.Grey, Palette.Dotted),
    ];

    /// <summary>Draws the curves as SVG. A curve without a positive or without a negative is left out.</summary>
    /// <param name="scans">The scans.</param>
    public static string Render(IReadOnlyList<ScoredScan> scans)
    {
        var model = PlotPage.New("ROC curves", "AUROC");
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Bottom, "false positive rate (1 - specificity)"));
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Left, "true positive rate (sensitivity)"));
        model.Series.Add(PlotPage.Curve(null, [(0, 0), (1, 1)], Palette.Grey, Palette.Dotted, 1));
        var tumour = new Ranking(
            [.. scans.Select(scan => ScanLabel.TumourProbability(scan.Probabilities))],
            [.. scans.Select(scan => ScanLabel.All[scan.Truth].IsTumour)]);
        Add(model, tumour, "any tumour", Palette.Ink, dashes: null, width: 3);
        for (int i = 0; i < ScanLabel.All.Count; i++)
        {
            int label = i;
            var ranking = new Ranking(
                [.. scans.Select(scan => (double)scan.Probabilities[label])],
                [.. scans.Select(scan => scan.Truth == label)]);
            Add(model, ranking, ScanLabel.All[label].Name, Strokes[label].Colour, Strokes[label].Dashes, width: 2);
        }
        return PlotPage.ToSvg(model, 800, 540);
    }

    private static void Add(
        PlotModel model, Ranking ranking, string name, OxyColor colour, double[]? dashes, double width)
    {
        if (ranking.Auroc() is not { } area) return;
        var points = ranking.Curve().Select(point => (point.FalsePositiveRate, point.TruePositiveRate));
        model.Series.Add(PlotPage.Curve(FormattableString.Invariant($"{area:0.0000}  {name}"), points, colour, dashes, width));
    }
}
