namespace Gyrus.Learning;

/// <summary>A confusion matrix as a heat map: counts, and shares of each row, which the colour follows.</summary>
public static class ConfusionPlot
{
    private const double CellWidth = 112;
    private const double CellHeight = 50;
    private const double Left = 170;
    private const double Top = 86;

    /// <summary>Draws the matrix as SVG.</summary>
    /// <param name="labels">[L] names of the labels.</param>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    public static string Render(IReadOnlyList<string> labels, IReadOnlyList<IReadOnlyList<int>> counts)
    {
        double width = CellWidth * labels.Count;
        double height = CellHeight * labels.Count;
        var canvas = new SvgCanvas((int)(Left + width) + 20, (int)(Top + height) + 20, "Confusion matrix");
        canvas.Text(Left + width / 2, 28, "Confusion matrix", 16, TextAnchor.Middle, bold: true);
        canvas.Text(Left + width / 2, 52, "answer", 13, TextAnchor.Middle);
        canvas.Text(22, Top + height / 2, "truth", 13, TextAnchor.Middle, upwards: true);

        for (int row = 0; row < labels.Count; row++)
        {
            int scans = counts[row].Sum();
            double top = Top + row * CellHeight;
            canvas.Text(Left + (row + 0.5) * CellWidth, Top - 10, labels[row], anchor: TextAnchor.Middle);
            canvas.Text(Left - 10, top + CellHeight / 2 - 3, labels[row], anchor: TextAnchor.End);
            canvas.Text(
                Left - 10, top + CellHeight / 2 + 13, FormattableString.Invariant($"{scans:N0} scans"), 11,
                TextAnchor.End, Palette.Grey);
            for (int column = 0; column < labels.Count; column++)
                Cell(canvas, Left + column * CellWidth, top, counts[row][column], scans);
        }
        return canvas.ToSvg();
    }

    private static void Cell(SvgCanvas canvas, double left, double top, int count, int rowCount)
    {
        double share = rowCount == 0 ? 0 : (double)count / rowCount;
        string ink = share > 0.65 ? "#FFFFFF" : Palette.Ink;
        canvas.Rectangle(left + 1, top + 1, CellWidth - 2, CellHeight - 2, Shade(share));
        canvas.Text(
            left + CellWidth / 2, top + CellHeight / 2 + (count > 0 ? -2 : 5),
            FormattableString.Invariant($"{count:N0}"), 14, TextAnchor.Middle, ink, bold: count > 0);
        if (count == 0) return;
        canvas.Text(
            left + CellWidth / 2, top + CellHeight / 2 + 15, FormattableString.Invariant($"{share * 100:0.0} %"), 11,
            TextAnchor.Middle, ink);
    }

    // From nearly white to dark blue: one hue, so that only lightness carries the value.
    private static string Shade(double share)
    {
        int Mix(int from, int to) => (int)Math.Round(from + (to - from) * share);
        return FormattableString.Invariant($"#{Mix(0xF2, 0x08):X2}{Mix(0xF6, 0x45):X2}{Mix(0xFA, 0x94):X2}");
    }
}
