using Gyrus.Data;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging;
using OxyPlot;
using OxyPlot.Axes;

namespace Gyrus.Evaluation.Plots;

/// <summary>ROC curves of tumour against healthy and of each label against the rest, with the areas under
/// them.</summary>
public static class RocPlot
{
    private static readonly OxyColor[] Colours = [Palette.SkyBlue, Palette.Blue, Palette.Vermilion, Palette.Green, Palette.Orange, Palette.Purple];

    /// <summary>Draws the curves as SVG. A curve without a positive or without a negative is left out.</summary>
    /// <param name="scans">The scans.</param>
    public static string Render(IReadOnlyList<ScoredScan> scans)
    {
        var model = PlotPage.New("ROC curves", "AUROC");
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Bottom, "false positive rate (1 - specificity)"));
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Left, "true positive rate (sensitivity)"));
        model.Series.Add(PlotPage.Curve(null, [(0, 0), (1, 1)], Palette.Grey, Palette.Dotted, 1));
        var tumour = new Ranking(
            [.. scans.Select(scan => scan.TumourProbability)],
            [.. scans.Select(scan => scan.IsTumour)]);
        Add(model, tumour, "any tumour", Palette.Ink, dashes: null, width: 3);
        var labels = scans.Count == 0 ? null : scans[0].Labels;
        for (int i = 0; i < labels?.Count; i++)
        {
            int label = i;
            var ranking = new Ranking(
                [.. scans.Select(scan => (double)scan.Probabilities[label])],
                [.. scans.Select(scan => scan.Truth == label)]);
            var (colour, dashes) = Stroke(labels, label);
            Add(model, ranking, labels[label].Name, colour, dashes, width: 2);
        }
        return PlotPage.ToSvg(model, 800, 540);
    }

    // CT dashed, others solid, a tumour of no type among types grey and dotted.
    private static (OxyColor Colour, IReadOnlyList<double>? Dashes) Stroke(LabelSet labels, int label)
    {
        if (labels.Allowed(label).Count > 1) return (Palette.Grey, Palette.Dotted);
        return (Colours[label % Colours.Length], labels[label].Modality == Modality.Ct ? Palette.Dashed : null);
    }

    private static void Add(
        PlotModel model, Ranking ranking, string name, OxyColor colour, IReadOnlyList<double>? dashes, double width)
    {
        if (ranking.Auroc() is not { } area) return;
        var points = ranking.Curve().Select(point => (point.FalsePositiveRate, point.TruePositiveRate));
        model.Series.Add(PlotPage.Curve(FormattableString.Invariant($"{area:0.0000}  {name}"), points, colour, dashes, width));
    }
}
