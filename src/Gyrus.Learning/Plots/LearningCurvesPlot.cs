namespace Gyrus.Learning;

/// <summary>What a training run measured after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="TrainLoss">The mean loss on the training part.</param>
/// <param name="ValLoss">The mean loss on the validation part.</param>
/// <param name="ValAccuracy">The accuracy over the seven labels on the validation part, 0 to 1.</param>
/// <param name="ValTumourRecall">The share of the validation part's tumours called tumour, 0 to 1.</param>
public sealed record LearningPoint(
    int Epoch, double TrainLoss, double ValLoss, double ValAccuracy, double ValTumourRecall);

/// <summary>How a training run went: loss above, accuracy and recall of tumour below.</summary>
public static class LearningCurvesPlot
{
    private const double Left = 70;
    private const double Width = 480;
    private const double Height = 200;

    private static readonly Stroke s_first = new(Palette.Blue, 2);
    private static readonly Stroke s_second = new(Palette.Vermilion, 2, "7 3");
    private static readonly Stroke s_kept = new(Palette.Ink, 1, "3 3");

    /// <summary>Draws the curves as SVG; they break where a value is not finite.</summary>
    /// <param name="points">The epochs, in order; may be none yet.</param>
    /// <param name="keptEpoch">The epoch whose weights were kept; null where that is not known yet.</param>
    public static string Render(IReadOnlyList<LearningPoint> points, int? keptEpoch = null)
    {
        var canvas = new SvgCanvas(790, 580, "Learning curves");
        canvas.Text(Left + Width / 2, 28, "Learning curves", 16, TextAnchor.Middle, bold: true);
        Panel(canvas, 46, "loss", points, keptEpoch,
            ("training", point => point.TrainLoss), ("validation", point => point.ValLoss));
        Panel(canvas, 316, "share of scans", points, keptEpoch,
            ("validation accuracy", point => point.ValAccuracy),
            ("validation tumour recall", point => point.ValTumourRecall));
        return canvas.ToSvg();
    }

    private static void Panel(
        SvgCanvas canvas,
        double top,
        string title,
        IReadOnlyList<LearningPoint> points,
        int? keptEpoch,
        (string Name, Func<LearningPoint, double> Value) first,
        (string Name, Func<LearningPoint, double> Value) second)
    {
        int last = points.Count == 0 ? 1 : points.Max(point => point.Epoch);
        var values = points.SelectMany(point => new[] { first.Value(point), second.Value(point) });
        var chart = new Chart(canvas, Left, top, Width, Height, Axis.Epochs(last), Axis.Around(title, values));
        if (keptEpoch is { } kept) canvas.Line(chart.X(kept), top, chart.X(kept), top + Height, s_kept);
        chart.Curve(points.Select(point => ((double)point.Epoch, first.Value(point))), s_first);
        chart.Curve(points.Select(point => ((double)point.Epoch, second.Value(point))), s_second);

        var legend = new List<LegendEntry> { new(s_first, first.Name), new(s_second, second.Name) };
        if (keptEpoch is not null) legend.Add(new(s_kept, FormattableString.Invariant($"kept: epoch {keptEpoch}")));
        Legend.Draw(canvas, Left + Width + 16, top, 200, "", legend);
    }
}
