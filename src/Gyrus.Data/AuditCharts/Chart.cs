using System.Net;
using System.Text.RegularExpressions;
using Gyrus.Data.Plots;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;

namespace Gyrus.Data.AuditCharts;

/// <summary>Plots that stand inside a page.</summary>
internal static partial class Chart
{
    /// <summary>A plot without title or frame, the page's paper behind it.</summary>
    public static PlotModel New(bool legend)
    {
        var model = PlotPage.New("");
        model.Title = null;
        model.Background = OxyColors.Undefined;
        model.PlotAreaBorderThickness = new OxyThickness(0);
        model.Legends.Clear();
        if (legend)
        {
            model.Legends.Add(new Legend
            {
                LegendPlacement = LegendPlacement.Outside,
                LegendPosition = LegendPosition.TopLeft,
                LegendOrientation = LegendOrientation.Horizontal,
                LegendSymbolLength = 16,
                LegendColumnSpacing = 16,
                LegendPadding = 8,
                LegendMargin = 0,
            });
        }
        return model;
    }

    /// <summary>An axis of names, from top to bottom.</summary>
    public static CategoryAxis Names(IEnumerable<string> names)
    {
        var axis = new CategoryAxis
        {
            Position = AxisPosition.Left,
            StartPosition = 1,
            EndPosition = 0,
            GapWidth = 0.5,
            TickStyle = TickStyle.None,
        };
        axis.Labels.AddRange(names);
        return axis;
    }

    /// <summary>An axis that counts or measures from 0 up.</summary>
    public static LinearAxis Amount(AxisPosition position, string title, double? most = null)
    {
        var axis = PlotPage.NewAxis(position, title);
        axis.Minimum = axis.AbsoluteMinimum = 0;
        if (most is { } maximum) axis.Maximum = maximum;
        axis.TickStyle = TickStyle.None;
        axis.StringFormat = "N0";
        axis.MinimumMajorStep = 1;
        return axis;
    }

    /// <summary>An axis of shares, 0 to 100 %.</summary>
    public static LinearAxis Share(AxisPosition position)
    {
        var axis = PlotPage.ShareAxis(position, "");
        axis.Maximum = 1.08; // Room for the words behind a bar of 100 %.
        axis.AbsoluteMaximum = 1.08;
        axis.StringFormat = "0 %";
        axis.TickStyle = TickStyle.None;
        return axis;
    }

    /// <summary>The plot as an element of a page that takes the width it is given.</summary>
    /// <param name="model">The plot.</param>
    /// <param name="width">The width at which its text has its size.</param>
    /// <param name="height">The height at that width.</param>
    /// <param name="id">Names the plot on its page: what it refers to inside itself must not be another's.</param>
    /// <param name="alternative">What it shows, for those who cannot see it.</param>
    public static string ToElement(PlotModel model, int width, int height, string id, string alternative)
    {
        var svg = PlotPage.ToSvg(model, width, height);
        svg = svg[svg.IndexOf("<svg", StringComparison.Ordinal)..];
        var open = $"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" "
            + $"aria-label=\"{WebUtility.HtmlEncode(alternative)}\" xmlns=\"http://www.w3.org/2000/svg\">";
        svg = open + svg[(svg.IndexOf('>', StringComparison.Ordinal) + 1)..];
        return ClipReference().Replace(svg, $"$1{id}-clip");
    }

    [GeneratedRegex("(id=\"|url\\(#)clipPath")]
    private static partial Regex ClipReference();
}
