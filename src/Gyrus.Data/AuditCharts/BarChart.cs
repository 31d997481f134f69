using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Gyrus.Data.AuditCharts;

/// <summary>One colour of a bar chart.</summary>
/// <param name="Name">What the colour stands for.</param>
/// <param name="Colour">The colour.</param>
/// <param name="Values">A value for each bar.</param>
internal sealed record BarValues(string Name, OxyColor Colour, IReadOnlyList<double> Values);

/// <summary>Horizontal bars.</summary>
internal static class BarChart
{
    private const int Width = 860;
    private const int Around = 56;
    private const int LegendHeight = 26;
    private const int BarHeight = 16;
    private const int Gap = 14;

    /// <summary>Draws bars.</summary>
    /// <param name="id">Names the chart on its page.</param>
    /// <param name="alternative">What it shows, for those who cannot see it.</param>
    /// <param name="names">The bars' names, from top to bottom.</param>
    /// <param name="series">The colours.</param>
    /// <param name="stacked">Whether the colours stand behind one another, as parts of a whole.</param>
    /// <param name="shares">Whether the values are shares, 0 to 1.</param>
    public static string Render(
        string id,
        string alternative,
        IReadOnlyList<string> names,
        IReadOnlyList<BarValues> series,
        bool stacked = false,
        bool shares = false)
    {
        bool legend = series.Count > 1;
        var model = Chart.New(legend);
        model.Axes.Add(Chart.Names(names));
        double most = names.Count == 0 ? 1 : Enumerable.Range(0, names.Count).Max(i => stacked
            ? series.Sum(colour => colour.Values[i]) : series.Max(colour => colour.Values[i]));
        model.Axes.Add(shares ? Chart.Share(AxisPosition.Bottom)
            : Chart.Amount(AxisPosition.Bottom, "", Math.Max(1, most) * 1.08));
        foreach (var colour in series)
        {
            var bars = new BarSeries
            {
                Title = colour.Name,
                FillColor = colour.Colour,
                IsStacked = stacked,
                StrokeThickness = 0,
                LabelFormatString = stacked ? null : shares ? "{0:0 %}" : "{0:N0}",
                LabelPlacement = LabelPlacement.Outside,
                LabelMargin = 4,
            };
            // The number beside a bar of no length at all would stand on the axis.
            bars.Items.AddRange(colour.Values.Select(value => new BarItem(Math.Max(value, double.Epsilon))));
            model.Series.Add(bars);
        }
        int bar = stacked ? BarHeight : BarHeight * series.Count;
        return Chart.ToElement(
            model, Width, Around + (legend ? LegendHeight : 0) + (names.Count * (bar + Gap)), id, alternative);
    }
}
