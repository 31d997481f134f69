using Gyrus.Imaging;

namespace Gyrus.Learning;

/// <summary>ROC curves of tumour against healthy and of each label against the rest, with the areas under
/// them.</summary>
public static class RocPlot
{
    // By label: CT dashed, MRI solid, the tumour of no known type dotted.
    private static readonly Stroke[] s_strokes =
    [
        new(Palette.SkyBlue, 2, "7 3"),
        new(Palette.Blue, 2, "7 3"),
        new(Palette.Vermilion, 2),
        new(Palette.Green, 2),
        new(Palette.Orange, 2),
        new(Palette.Purple, 2),
        new(Palette.Grey, 2, "2 3"),
    ];

    private static readonly Stroke s_tumour = new(Palette.Ink, 3);
    private static readonly Stroke s_chance = new(Palette.Grey, 1, "4 4");

    /// <summary>Draws the curves as SVG. A curve without a positive or without a negative is left out.</summary>
    /// <param name="scans">The scans.</param>
    public static string Render(IReadOnlyList<ScoredScan> scans)
    {
        var canvas = new SvgCanvas(790, 560, "ROC curves");
        canvas.Text(300, 28, "ROC curves", 16, TextAnchor.Middle, bold: true);
        var chart = new Chart(
            canvas, 70, 46, 460, 460,
            Axis.Share("false positive rate (1 - specificity)"),
            Axis.Share("true positive rate (sensitivity)"));
        chart.Curve([(0, 0), (1, 1)], s_chance);

        var legend = new List<LegendEntry>();
        for (int i = 0; i < ScanLabel.All.Count; i++)
        {
            int label = i;
            var ranking = new Ranking(
                [.. scans.Select(scan => (double)scan.Probabilities[label])],
                [.. scans.Select(scan => scan.Truth == label)]);
            legend.Add(Draw(chart, ranking, s_strokes[label], ScanLabel.All[label].Name));
        }
        var tumour = new Ranking(
            [.. scans.Select(scan => ScanLabel.TumourProbability(scan.Probabilities))],
            [.. scans.Select(scan => ScanLabel.All[scan.Truth].IsTumour)]);
        // The most important curve is drawn last, above the others, and named first.
        legend.Insert(0, Draw(chart, tumour, s_tumour, "any tumour"));
        Legend.Draw(canvas, 550, 46, 220, "AUROC", legend);
        return canvas.ToSvg();
    }

    private static LegendEntry Draw(Chart chart, Ranking ranking, Stroke stroke, string name)
    {
        if (ranking.Auroc() is not { } auroc) return new(stroke, name, "-");
        chart.Curve(ranking.Curve().Select(point => (point.FalsePositiveRate, point.TruePositiveRate)), stroke);
        return new(stroke, name, FormattableString.Invariant($"{auroc:0.0000}"));
    }
}
