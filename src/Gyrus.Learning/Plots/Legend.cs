namespace Gyrus.Learning;

/// <summary>A line of a legend.</summary>
/// <param name="Stroke">How its curve is drawn.</param>
/// <param name="Name">What the curve is.</param>
/// <param name="Value">A figure of the curve, at the right; empty for none.</param>
internal sealed record LegendEntry(Stroke Stroke, string Name, string Value = "");

/// <summary>Names the curves of a chart in a column beside it, where it hides none of them.</summary>
internal static class Legend
{
    private const double RowHeight = 22;

    /// <summary>Draws a legend.</summary>
    /// <param name="canvas">The drawing.</param>
    /// <param name="left">The left edge.</param>
    /// <param name="top">The upper edge.</param>
    /// <param name="width">From the left edge to the right end of the values.</param>
    /// <param name="valueTitle">What the values are; empty for none.</param>
    /// <param name="entries">The curves, from above to below.</param>
    public static void Draw(
        SvgCanvas canvas, double left, double top, double width, string valueTitle, IEnumerable<LegendEntry> entries)
    {
        double baseline = top + 12;
        if (valueTitle.Length > 0)
        {
            canvas.Text(left + width, baseline, valueTitle, 12, TextAnchor.End, Palette.Grey);
            baseline += RowHeight;
        }
        foreach (var entry in entries)
        {
            canvas.Line(left, baseline - 4, left + 30, baseline - 4, entry.Stroke);
            canvas.Text(left + 38, baseline, entry.Name);
            if (entry.Value.Length > 0) canvas.Text(left + width, baseline, entry.Value, anchor: TextAnchor.End);
            baseline += RowHeight;
        }
    }
}
