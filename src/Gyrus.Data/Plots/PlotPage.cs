using System.Text;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Gyrus.Data.Plots;

/// <summary>What all plots have in common: title, axes, legend, the text of the SVG.</summary>
public static class PlotPage
{
    private const string Font = "sans-serif";

    /// <summary>An empty plot with its legend on the right.</summary>
    public static PlotModel New(string title, string? legendTitle = null)
    {
        var model = new PlotModel
        {
            Title = title,
            TitleFontSize = 16,
            DefaultFont = Font,
            DefaultFontSize = 12,
            Background = OxyColors.White,
            PlotAreaBorderColor = Palette.Ink,
            TextColor = Palette.Ink,
        };
        model.Legends.Add(new Legend
        {
            LegendTitle = legendTitle,
            LegendTitleFontWeight = FontWeights.Normal,
            LegendPlacement = LegendPlacement.Outside,
            LegendPosition = LegendPosition.RightTop,
            LegendSymbolLength = 28,
        });
        return model;
    }

    /// <summary>An axis from 0 to 1.</summary>
    public static LinearAxis ShareAxis(AxisPosition position, string title)
    {
        var axis = NewAxis(position, title);
        axis.Minimum = axis.AbsoluteMinimum = 0;
        axis.Maximum = axis.AbsoluteMaximum = 1;
        axis.MajorStep = 0.2;
        axis.StringFormat = "0.0";
        return axis;
    }

    /// <summary>An axis that counts epochs from 1.</summary>
    public static LinearAxis EpochAxis(int last)
    {
        var axis = NewAxis(AxisPosition.Bottom, "epoch");
        axis.Minimum = 1;
        axis.Maximum = Math.Max(last, 2);
        axis.MinimumMajorStep = 1;
        axis.StringFormat = "0";
        return axis;
    }

    /// <summary>An axis that fits what is drawn.</summary>
    public static LinearAxis NewAxis(AxisPosition position, string title) => new()
    {
        Position = position,
        Title = title,
        MajorGridlineStyle = LineStyle.Solid,
        MajorGridlineColor = Palette.Faint,
        MinorTickSize = 0,
        TickStyle = TickStyle.Outside,
        AxisTitleDistance = 12,
    };

    /// <summary>A curve; it breaks where a value is not finite.</summary>
    public static LineSeries Curve(
        string? name, IEnumerable<(double X, double Y)> points, OxyColor colour, IReadOnlyList<double>? dashes = null, double width = 2)
    {
        var series = new LineSeries
        {
            Title = name,
            Color = colour,
            Dashes = dashes?.ToArray(),
            StrokeThickness = width,
            RenderInLegend = name is not null,
        };
        series.Points.AddRange(points.Select(point => double.IsFinite(point.Y)
            ? new DataPoint(point.X, point.Y) : DataPoint.Undefined));
        return series;
    }

    /// <summary>The plot as SVG: line feeds alone, no byte-order mark, text as text.</summary>
    public static string ToSvg(PlotModel model, int width, int height)
    {
        using var stream = new MemoryStream();
        var exporter = new SvgExporter
        {
            Width = width,
            Height = height,
            TextMeasurer = new PixelMeasurer(width, height),

            // Text is placed by its baseline: not every reader of SVG knows the other ways.
            UseVerticalTextAlignmentWorkaround = true,
        };
        exporter.Export(model, stream);
        return Encoding.UTF8.GetString(stream.ToArray()).TrimStart('\uFEFF').ReplaceLineEndings("\n");
    }

    /// <summary>
    /// Measures text for the layout. OxyPlot's own measure is in points of Helvetica; SVG is in pixels, and many systems'
    /// sans-serif is a tenth wider.
    /// </summary>
    private sealed class PixelMeasurer(double width, double height) : PdfRenderContext(width, height, OxyColors.White)
    {
        private const double PixelsAPoint = 96.0 / 72;
        private const double WiderFont = 1.1;

        public override OxySize MeasureText(string text, string fontFamily, double fontSize, double fontWeight)
        {
            var points = base.MeasureText(text, fontFamily, fontSize, fontWeight);
            return new OxySize(points.Width * PixelsAPoint * WiderFont, points.Height * PixelsAPoint);
        }
    }
}
