using Gyrus.Data.Plots;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Gyrus.Learning.Plots;

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
        var model = PlotPage.New($"Validation accuracy by {parameter}", "best at epoch");
        model.Axes.Add(PlotPage.EpochAxis(runs.Select(run => run.ValAccuracy.Count).DefaultIfEmpty(1).Max()));
        var accuracy = PlotPage.NewAxis(AxisPosition.Left, "validation accuracy");
        (accuracy.MinimumPadding, accuracy.MaximumPadding) = (0.05, 0.05);
        model.Axes.Add(accuracy);
        for (int i = 0; i < runs.Count; i++) Add(model, runs[i], Palette.Curve(i));
        return PlotPage.ToSvg(model, 760, Math.Max(440, 90 + (18 * runs.Count)));
    }

    private static void Add(PlotModel model, SweepRun run, (OxyColor Colour, IReadOnlyList<double>? Dashes) stroke)
    {
        var finite = run.ValAccuracy.Index().Where(epoch => double.IsFinite(epoch.Item)).ToList();
        var title = $"{run.Value}: -";
        if (finite.Count > 0)
        {
            var (best, value) = finite.MaxBy(epoch => epoch.Item);
            title = FormattableString.Invariant($"{run.Value}: {value:0.0000} at {best + 1}");
            var mark = new ScatterSeries
            {
                MarkerType = MarkerType.Circle,
                MarkerSize = 4,
                MarkerFill = stroke.Colour,
                RenderInLegend = false,
            };
            mark.Points.Add(new ScatterPoint(best + 1, value));
            model.Series.Add(mark);
        }
        model.Series.Add(PlotPage.Curve(
            title, run.ValAccuracy.Select((share, epoch) => (epoch + 1.0, share)), stroke.Colour, stroke.Dashes));
    }
}
