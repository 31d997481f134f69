namespace Gyrus.Learning;

/// <summary>A part of a drawing with two axes; draws its frame when it is made.</summary>
internal sealed class Chart
{
    private static readonly Stroke s_frame = new(Palette.Ink, 1);
    private static readonly Stroke s_grid = new(Palette.Faint, 1);

    private readonly SvgCanvas _canvas;
    private readonly Axis _x;
    private readonly Axis _y;
    private readonly double _left;
    private readonly double _top;
    private readonly double _width;
    private readonly double _height;

    /// <summary>Draws grid, frame, ticks and titles of the axes. The titles take 50 pixels below and 60 to the
    /// left.</summary>
    public Chart(SvgCanvas canvas, double left, double top, double width, double height, Axis x, Axis y)
    {
        (_canvas, _left, _top, _width, _height, _x, _y) = (canvas, left, top, width, height, x, y);
        double bottom = top + height;
        double right = left + width;
        foreach (double tick in x.Ticks())
        {
            canvas.Line(X(tick), top, X(tick), bottom, s_grid);
            canvas.Text(X(tick), bottom + 18, x.Word(tick), anchor: TextAnchor.Middle);
        }
        foreach (double tick in y.Ticks())
        {
            canvas.Line(left, Y(tick), right, Y(tick), s_grid);
            canvas.Text(left - 8, Y(tick) + 4, y.Word(tick), anchor: TextAnchor.End);
        }
        canvas.Polyline([(left, top), (left, bottom), (right, bottom), (right, top), (left, top)], s_frame);
        canvas.Text(left + width / 2, bottom + 40, x.Title, 13, TextAnchor.Middle);
        canvas.Text(left - 48, top + height / 2, y.Title, 13, TextAnchor.Middle, upwards: true);
    }

    /// <summary>The pixel of a value on the x axis.</summary>
    public double X(double value) => _left + (value - _x.Low) / (_x.High - _x.Low) * _width;

    /// <summary>The pixel of a value on the y axis.</summary>
    public double Y(double value) => _top + _height - (value - _y.Low) / (_y.High - _y.Low) * _height;

    /// <summary>Draws a curve; it breaks where a value is not finite. A point alone is a dot.</summary>
    public void Curve(IEnumerable<(double X, double Y)> points, Stroke stroke)
    {
        var piece = new List<(double X, double Y)>();
        foreach (var (x, y) in points.Append((double.NaN, double.NaN)))
        {
            if (double.IsFinite(x) && double.IsFinite(y))
            {
                piece.Add((X(x), Y(y)));
                continue;
            }
            if (piece.Count == 1) _canvas.Circle(piece[0].X, piece[0].Y, stroke.Width + 1, stroke.Colour);
            if (piece.Count > 1) _canvas.Polyline(piece, stroke);
            piece.Clear();
        }
    }
}
