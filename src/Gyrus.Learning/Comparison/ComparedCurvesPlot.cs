using Gyrus.Data.Plots;
using Gyrus.Learning.Training;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Gyrus.Learning.Comparison;

/// <summary>How several runs went, in one picture: a panel a figure, a colour a run, each run's kept epoch marked.</summary>
public static class ComparedCurvesPlot
{
    private static readonly (string Title, Func<EpochRecord, double> Value)[] Panels =
    [
        ("training loss", epoch => epoch.Train.Loss),
        ("validation loss", epoch => epoch.Val.Loss),
        ("validation accuracy", epoch => epoch.Val.Accuracy),
        ("validation tumour recall", epoch => epoch.Val.TumourRecall),
    ];

    /// <summary>Draws the curves as SVG; they break where a value is not finite. Recall of tumour is drawn where the labels of all runs tell
    /// tumours.</summary>
    /// <param name="runs">The runs, in the order of the legend.</param>
    public static string Render(IReadOnlyList<ComparedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var model = PlotPage.New("Learning curves", "kept epoch marked");
        var panels = runs.All(run => run.Record.Recipe.LabelSet().TellsTumours) ? Panels : Panels[..^1];
        model.Axes.Add(PlotPage.EpochAxis(runs.SelectMany(run => run.Record.History).Select(epoch => epoch.Epoch).DefaultIfEmpty(1).Max()));
        const double gap = 0.05;
        double height = (1 + gap) / panels.Length;
        for (int i = 0; i < panels.Length; i++)
        {
            var axis = PlotPage.NewAxis(AxisPosition.Left, panels[i].Title);
            axis.Key = panels[i].Title;
            axis.EndPosition = Math.Min(1, 1 - (i * height));
            axis.StartPosition = Math.Max(0, axis.EndPosition - height + gap);
            (axis.MinimumPadding, axis.MaximumPadding) = (0.05, 0.05);
            model.Axes.Add(axis);
            for (int run = 0; run < runs.Count; run++) Add(model, panels[i], runs[run], Palette.Curve(run), inLegend: i == 0);
        }
        return PlotPage.ToSvg(model, 860, 60 + (210 * panels.Length));
    }

    private static void Add(
        PlotModel model,
        (string Title, Func<EpochRecord, double> Value) panel,
        ComparedRun run,
        (OxyColor Colour, IReadOnlyList<double>? Dashes) stroke,
        bool inLegend)
    {
        var curve = PlotPage.Curve(
            inLegend ? run.Name : null, run.Record.History.Select(epoch => ((double)epoch.Epoch, panel.Value(epoch))), stroke.Colour, stroke.Dashes);
        curve.YAxisKey = panel.Title;
        model.Series.Add(curve);
        if (!double.IsFinite(panel.Value(run.Record.Best))) return;
        var mark = new ScatterSeries
        {
            MarkerType = MarkerType.Circle,
            MarkerSize = 4,
            MarkerFill = stroke.Colour,
            RenderInLegend = false,
            YAxisKey = panel.Title,
        };
        mark.Points.Add(new ScatterPoint(run.Record.Best.Epoch, panel.Value(run.Record.Best)));
        model.Series.Add(mark);
    }
}
