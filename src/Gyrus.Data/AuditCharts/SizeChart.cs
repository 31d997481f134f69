using Gyrus.Data.Audit;
using Gyrus.Data.Plots;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Series;

namespace Gyrus.Data.AuditCharts;

/// <summary>Images by width and height, as bubbles.</summary>
internal static class SizeChart
{
    private const int Width = 860;
    private const int Height = 460;
    private const double LargestBubble = 22;
    private const double SmallestBubble = 2.5;
    private const int MostBubbles = 1500;
    private const int CellsASide = 60;

    /// <summary>Draws a bubble for each size, its area by the number of images; beyond the dashed lines images are
    /// squashed.</summary>
    public static string Render(string id, string alternative, IReadOnlyList<SizeCount> sizes)
    {
        var model = Chart.New(legend: false);
        double most = 1.06 * sizes.Max(size => Math.Max(size.Width, size.Height));
        model.Axes.Add(Chart.Amount(AxisPosition.Bottom, "width in pixels", most));
        model.Axes.Add(Chart.Amount(AxisPosition.Left, "height in pixels", most));
        foreach (double slope in (double[])[FileFaults.SquashedRatio, 1, 1 / FileFaults.SquashedRatio])
        {
            model.Series.Add(PlotPage.Curve(
                null, [(0, 0), (Math.Min(most, most / slope), Math.Min(most, most * slope))], Palette.Grey,
                slope == 1 ? Palette.Dotted : Palette.Dashed, width: 1));
        }
        var drawn = Together(sizes);
        double largest = drawn.Max(size => size.Images);
        var bubbles = new ScatterSeries
        {
            MarkerType = MarkerType.Circle,
            MarkerFill = OxyColor.FromAColor(150, Palette.Blue),
            MarkerStroke = Palette.Blue,
            MarkerStrokeThickness = 0.5,
        };
        bubbles.Points.AddRange(drawn.Select(size => new ScatterPoint(
            size.Width, size.Height, Math.Max(SmallestBubble, LargestBubble * Math.Sqrt(size.Images / largest)))));
        model.Series.Add(bubbles);
        return Chart.ToElement(model, Width, Height, id, alternative);
    }

    /// <summary>The sizes, or where there are too many to tell apart, those in each cell of a grid.</summary>
    private static IReadOnlyList<SizeCount> Together(IReadOnlyList<SizeCount> sizes)
    {
        if (sizes.Count <= MostBubbles) return sizes;
        int cell = 1 + (sizes.Max(size => Math.Max(size.Width, size.Height)) / CellsASide);
        return [.. sizes.GroupBy(size => (size.Width / cell, size.Height / cell)).Select(near => new SizeCount(
            (near.Key.Item1 * cell) + (cell / 2), (near.Key.Item2 * cell) + (cell / 2), near.Sum(size => size.Images)))];
    }
}
