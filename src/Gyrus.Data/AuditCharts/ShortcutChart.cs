using Gyrus.Data.Audit;
using Gyrus.Data.Plots;
using Gyrus.Data.Shortcuts;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Gyrus.Data.AuditCharts;

/// <summary>How well labels are guessed without the brain, against the majority rate.</summary>
internal static class ShortcutChart
{
    private const int Width = 860;
    private const int RowHeight = 30;
    private const int Around = 82;

    /// <summary>Draws a bar for each question and source, its interval at the end, the majority rate across.</summary>
    public static string Render(string id, string alternative, IReadOnlyList<ShortcutResult> results)
    {
        var model = Chart.New(legend: true);
        model.Axes.Add(Chart.Names(results.Select(ShortcutWords.Short)));
        model.Axes.Add(Chart.Share(AxisPosition.Bottom));
        var bars = new BarSeries { Title = "guessed right", FillColor = Palette.SkyBlue, StrokeThickness = 0 };
        bars.Items.AddRange(results.Select(result => new BarItem(result.Accuracy)));
        model.Series.Add(bars);
        AddLine(model, "95 % interval", Palette.Ink, 2, results.SelectMany((result, row) =>
            ((double, double)[])[(result.AccuracyLow, row), (result.AccuracyHigh, row), (0, double.NaN)]));
        AddLine(model, "always naming the most frequent", Palette.Vermilion, 3, results.SelectMany((result, row) =>
            ((double, double)[])[(result.MajorityRate, row - 0.36), (result.MajorityRate, row + 0.36), (0, double.NaN)]));
        for (int row = 0; row < results.Count; row++)
        {
            model.Annotations.Add(new TextAnnotation
            {
                Text = FormattableString.Invariant($"{results[row].Accuracy:0 %}"),
                TextPosition = new DataPoint(results[row].AccuracyHigh, row),
                Offset = new ScreenVector(6, 0),
                TextHorizontalAlignment = HorizontalAlignment.Left,
                TextVerticalAlignment = VerticalAlignment.Middle,
                StrokeThickness = 0,
            });
        }
        return Chart.ToElement(model, Width, Around + (RowHeight * results.Count), id, alternative);
    }

    private static void AddLine(
        PlotModel model, string name, OxyColor colour, double width, IEnumerable<(double X, double Y)> points) =>
        model.Series.Add(PlotPage.Curve(name, points, colour, width: width));
}
