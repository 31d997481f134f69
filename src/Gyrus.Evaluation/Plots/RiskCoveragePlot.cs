using Gyrus.Data.Plots;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;
using static System.FormattableString;

namespace Gyrus.Evaluation.Plots;

/// <summary>Risk-coverage curves: the share of wrong answers among the surest, for every share of scans that could be answered. Of all scans, of each
/// source where there are several, and of the scans of known sources where a study has some.</summary>
public static class RiskCoveragePlot
{
    /// <summary>Draws the curves as SVG, with the area under each; a cross stands where the model itself accepts and refuses.</summary>
    /// <param name="scans">The scans.</param>
    /// <param name="threshold">The tumour probability that is called a tumour, where the model has none of its own.</param>
    /// <param name="within">Scans of sources that were trained on, beside <paramref name="scans"/> of sources that were not; null where there is no such
    /// difference.</param>
    public static string Render(IReadOnlyList<ScoredScan> scans, double threshold, IReadOnlyList<ScoredScan>? within = null)
    {
        ArgumentNullException.ThrowIfNull(scans);
        var model = PlotPage.New("Wrong answers among the surest", "area (AURC)");
        model.Axes.Add(PlotPage.ShareAxis(AxisPosition.Bottom, "share of scans answered, the surest first"));
        var risk = PlotPage.ShareAxis(AxisPosition.Left, "share of wrong answers among them");
        model.Axes.Add(risk);
        if (within is { Count: > 0 }) Add(model, "within the sources trained on", within, threshold, Palette.Grey, null, 3);
        Add(model, within is null ? "all" : "across sources", scans, threshold, Palette.Ink, null, 3);
        var sources = scans.GroupBy(scan => scan.Source).OrderBy(source => source.Key, StringComparer.Ordinal).ToList();
        for (int i = 0; i < sources.Count && sources.Count > 1; i++)
        {
            var (colour, dashes) = Palette.Curve(i);
            Add(model, sources[i].Key.Length == 0 ? "(no source)" : sources[i].Key, [.. sources[i]], threshold, colour, dashes, 1.5);
        }
        double highest = model.Series.OfType<LineSeries>().SelectMany(series => series.Points).Where(point => point.IsDefined())
            .Select(point => point.Y).DefaultIfEmpty(1).Max();
        if (highest <= 0.5) (risk.Maximum, risk.MajorStep, risk.StringFormat) = (Math.Max(Math.Ceiling(highest * 20) / 20, 0.05), highest <= 0.2 ? 0.05 : 0.1, "0.00");
        return PlotPage.ToSvg(model, 800, 540);
    }

    private static void Add(
        PlotModel model, string name, IReadOnlyList<ScoredScan> scans, double threshold, OxyColor colour, IReadOnlyList<double>? dashes, double width)
    {
        if (scans.Count == 0) return;
        var curve = SelectiveFigures.Curve(scans, threshold);
        model.Series.Add(PlotPage.Curve(
            Invariant($"{curve.Area():0.0000}  {name}"), curve.Curve().Select(point => (point.Coverage, point.Risk)), colour, dashes, width));
        var accepted = scans.Where(scan => scan.Accepted == true).ToList();
        if (accepted.Count == 0 || accepted.Count == scans.Count) return;
        var own = PlotPage.Curve(
            null, [((double)accepted.Count / scans.Count, accepted.Average(scan => ScanDecision.IsWrong(scan, threshold) ? 1.0 : 0.0))], colour);
        (own.MarkerType, own.MarkerSize, own.MarkerStroke, own.MarkerStrokeThickness) = (MarkerType.Cross, 6, colour, 2);
        model.Series.Add(own);
    }
}
