using System.Xml.Linq;

namespace Gyrus.Learning;

/// <summary>How a line is drawn.</summary>
/// <param name="Colour">A colour such as <c>#0072B2</c>.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Dash">Lengths of dashes and gaps in pixels, such as <c>6 3</c>; null for a solid line.</param>
internal sealed record Stroke(string Colour, double Width, string? Dash = null);

/// <summary>Where a text stands relative to its point.</summary>
internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>
/// A drawing as SVG 1.1. The text stays text and the viewer brings the font, so that a drawing is the same on every
/// machine and needs no font where it is made. Coordinates are pixels, x to the right and y down.
/// </summary>
internal sealed class SvgCanvas
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";
    private readonly XElement _root;

    /// <summary>Makes a white drawing.</summary>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="title">What it shows, also for those who cannot see it.</param>
    public SvgCanvas(int width, int height, string title)
    {
        _root = new(
            s_svg + "svg",
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("viewBox", $"0 0 {width} {height}"),
            new XAttribute("role", "img"),
            new XAttribute("font-family", "Helvetica, Arial, 'DejaVu Sans', sans-serif"),
            new XElement(s_svg + "title", title));
        Rectangle(0, 0, width, height, "#FFFFFF");
    }

    /// <summary>Draws a straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, Stroke stroke) =>
        Add("line", [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)], stroke);

    /// <summary>Draws straight pieces from point to point.</summary>
    public void Polyline(IEnumerable<(double X, double Y)> points, Stroke stroke)
    {
        string joined = string.Join(' ', points.Select(point =>
            FormattableString.Invariant($"{point.X:0.##},{point.Y:0.##}")));
        var element = Add("polyline", [], stroke);
        element.Add(
            new XAttribute("points", joined),
            new XAttribute("fill", "none"),
            new XAttribute("stroke-linejoin", "round"));
    }

    /// <summary>Fills a rectangle.</summary>
    public void Rectangle(double x, double y, double width, double height, string fill) =>
        Add("rect", [("x", x), ("y", y), ("width", width), ("height", height)]).Add(new XAttribute("fill", fill));

    /// <summary>Fills a circle.</summary>
    public void Circle(double x, double y, double radius, string fill) =>
        Add("circle", [("cx", x), ("cy", y), ("r", radius)]).Add(new XAttribute("fill", fill));

    /// <summary>Writes a line of text.</summary>
    /// <param name="x">Where the anchor stands.</param>
    /// <param name="y">The baseline.</param>
    /// <param name="text">The words.</param>
    /// <param name="size">Pixels.</param>
    /// <param name="anchor">Which part of the text stands at <paramref name="x"/>.</param>
    /// <param name="fill">The colour.</param>
    /// <param name="bold">Whether the text is bold.</param>
    /// <param name="upwards">Whether it reads from below to above.</param>
    public void Text(
        double x,
        double y,
        string text,
        double size = 12,
        TextAnchor anchor = TextAnchor.Start,
        string fill = Palette.Ink,
        bool bold = false,
        bool upwards = false)
    {
        var element = Add("text", [("x", x), ("y", y), ("font-size", size)]);
        element.Add(new XAttribute("fill", fill));
        if (anchor == TextAnchor.Middle) element.Add(new XAttribute("text-anchor", "middle"));
        if (anchor == TextAnchor.End) element.Add(new XAttribute("text-anchor", "end"));
        if (bold) element.Add(new XAttribute("font-weight", "bold"));
        if (upwards)
            element.Add(new XAttribute("transform", FormattableString.Invariant($"rotate(-90 {x:0.##} {y:0.##})")));
        element.Add(text);
    }

    /// <summary>The drawing as a file's text.</summary>
    public string ToSvg() => _root.ToString().ReplaceLineEndings("\n") + "\n";

    private XElement Add(string name, (string Name, double Value)[] numbers, Stroke? stroke = null)
    {
        var element = new XElement(
            s_svg + name,
            numbers.Select(number => new XAttribute(number.Name, Math.Round(number.Value, 2))));
        if (stroke is not null)
        {
            element.Add(new XAttribute("stroke", stroke.Colour), new XAttribute("stroke-width", stroke.Width));
            if (stroke.Dash is not null) element.Add(new XAttribute("stroke-dasharray", stroke.Dash));
        }
        _root.Add(element);
        return element;
    }
}
