using Gyrus.Data.Plots;
using Gyrus.Evaluation.Statistics;
using OxyPlot;
using OxyPlot.Annotations;
using OxyPlot.Axes;

namespace Gyrus.Evaluation.Plots;

/// <summary>A confusion matrix as a heat map: counts, and shares of each row, which the colour follows.</summary>
public static class ConfusionPlot
{
    private const int CellWidth = 112;
    private const int CellHeight = 52;

    /// <summary>Draws the matrix as SVG: a row for each label that a scan has, a column for these and for each that was
    /// answered.</summary>
    /// <param name="labels">[L] names of the labels.</param>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    public static string Render(IReadOnlyList<string> labels, IReadOnlyList<IReadOnlyList<int>> counts)
    {
        int[] columns = [.. ConfusionMatrix.Met(counts)];
        int[] rows = [.. columns.Where(label => counts[label].Any(count => count > 0))];
        var model = PlotPage.New("Confusion matrix");
        model.Legends.Clear();
        model.Axes.Add(Categories(AxisPosition.Top, "answer", columns.Select(label => labels[label])));
        var truth = Categories(
            AxisPosition.Left, "truth",
            rows.Select(label => FormattableString.Invariant($"{labels[label]}\n{counts[label].Sum():N0} scans")));
        (truth.StartPosition, truth.EndPosition) = (1, 0);
        model.Axes.Add(truth);
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Length; column++)
                AddCell(model, row, column, counts[rows[row]][columns[column]], counts[rows[row]].Sum());
        }
        return PlotPage.ToSvg(model, 200 + (CellWidth * columns.Length), 120 + (CellHeight * rows.Length));
    }

    private static CategoryAxis Categories(AxisPosition position, string title, IEnumerable<string> names)
    {
        var axis = new CategoryAxis
        {
            Position = position,
            Title = title,
            TickStyle = TickStyle.None,
            AxisTitleDistance = 8,
            GapWidth = 0,
        };
        axis.Labels.AddRange(names);
        return axis;
    }

    private static void AddCell(PlotModel model, int row, int column, int count, int rowCount)
    {
        double share = rowCount == 0 ? 0 : (double)count / rowCount;
        model.Annotations.Add(new RectangleAnnotation
        {
            MinimumX = column - 0.5,
            MaximumX = column + 0.5,
            MinimumY = row - 0.5,
            MaximumY = row + 0.5,
            Fill = Shade(share),
            Stroke = OxyColors.White,
            StrokeThickness = 2,
        });
        var ink = share > 0.65 ? OxyColors.White : Palette.Ink;
        model.Annotations.Add(Text(column, row, FormattableString.Invariant($"{count:N0}"), ink, 14, count > 0 ? -8 : 0));
        if (count > 0)
            model.Annotations.Add(Text(column, row, FormattableString.Invariant($"{share * 100:0.0} %"), ink, 11, 9));
    }

    private static TextAnnotation Text(int column, int row, string text, OxyColor ink, double size, double down) => new()
    {
        Text = text,
        TextPosition = new DataPoint(column, row),
        TextHorizontalAlignment = HorizontalAlignment.Center,
        TextVerticalAlignment = VerticalAlignment.Middle,
        Offset = new ScreenVector(0, down),
        TextColor = ink,
        FontSize = size,
        StrokeThickness = 0,
    };

    /// <summary>From nearly white to dark blue: one hue, so that only lightness carries the value.</summary>
    private static OxyColor Shade(double share) =>
        OxyColor.Interpolate(OxyColor.Parse("#F2F6FA"), OxyColor.Parse("#084594"), share);
}
