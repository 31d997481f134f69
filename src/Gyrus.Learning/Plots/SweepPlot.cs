namespace Gyrus.Learning;

/// <summary>One run of a tuning sweep.</summary>
/// <param name="Value">The swept parameter's value, in words.</param>
/// <param name="ValAccuracy">The accuracy on the validation part after each epoch, from the first, 0 to 1.</param>
public sealed record SweepRun(string Value, IReadOnlyList<double> ValAccuracy);

/// <summary>How runs that differ in one parameter went: validation accuracy by epoch, each run's best marked.</summary>
public static class SweepPlot
{
    /// <summary>Draws the runs as SVG; a curve breaks where a value is not finite.</summary>
    /// <param name="parameter">The swept parameter, such as <c>learning rate</c>.</param>
    /// <param name="runs">The runs, in the order of the legend.</param>
    public static string Render(string parameter, IReadOnlyList<SweepRun> runs)
    {
        // 7 pixels a character, and room for the line before the name and the figure behind it.
        int legendWidth = 150 + 7 * runs.Select(run => run.Value.Length).DefaultIfEmpty(0).Max();
        string title = $"Validation accuracy by {parameter}";
        var canvas = new SvgCanvas(580 + legendWidth, Math.Max(440, 90 + 22 * runs.Count), title);
        canvas.Text(310, 28, title, 16, TextAnchor.Middle, bold: true);
        int last = runs.Select(run => run.ValAccuracy.Count).DefaultIfEmpty(1).Max();
        var chart = new Chart(
            canvas, 70, 46, 480, 340,
            Axis.Epochs(last),
            Axis.Around("validation accuracy", runs.SelectMany(run => run.ValAccuracy)));

        var legend = new List<LegendEntry>();
        for (int i = 0; i < runs.Count; i++)
        {
            var stroke = Palette.Curve(i);
            var accuracy = runs[i].ValAccuracy;
            chart.Curve(accuracy.Select((share, epoch) => (epoch + 1.0, share)), stroke);
            var finite = accuracy.Index().Where(epoch => double.IsFinite(epoch.Item)).ToList();
            if (finite.Count == 0)
            {
                legend.Add(new(stroke, runs[i].Value, "-"));
                continue;
            }
            var (best, value) = finite.MaxBy(epoch => epoch.Item);
            canvas.Circle(chart.X(best + 1), chart.Y(value), 4, stroke.Colour);
            legend.Add(new(stroke, runs[i].Value, FormattableString.Invariant($"{value:0.0000} at {best + 1}")));
        }
        Legend.Draw(canvas, 564, 46, legendWidth, "best at epoch", legend);
        return canvas.ToSvg();
    }
}
