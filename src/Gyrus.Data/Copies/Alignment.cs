namespace Gyrus.Data.Copies;

/// <summary>Where a point of one picture lies on another: an affine map, in pixels.</summary>
internal readonly record struct Alignment(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    private const double LeastTurn = 1; // Degrees.
    private const double LeastScale = 0.02;

    /// <summary>The map that lays one disc on the other.</summary>
    /// <param name="first">The disc on the first picture.</param>
    /// <param name="second">The disc on the second.</param>
    /// <param name="turn">Radians, from the x axis towards the y axis.</param>
    /// <param name="mirrored">Whether the first is mirrored at the x axis before it is turned.</param>
    public static Alignment Of(CopyFrame first, CopyFrame second, double turn, bool mirrored)
    {
        double scale = second.Radius / first.Radius;
        double cosine = scale * Math.Cos(turn), sine = scale * Math.Sin(turn), sign = mirrored ? -1 : 1;
        double xx = cosine, xy = -sign * sine, yx = sine, yy = sign * cosine;
        return new Alignment(
            xx, xy, second.X - (xx * first.X) - (xy * first.Y), yx, yy, second.Y - (yx * first.X) - (yy * first.Y));
    }

    /// <summary>The same map between pictures of another size, where pixel centres are whole numbers.</summary>
    /// <param name="factor">Pixels there for one here.</param>
    public Alignment Scaled(double factor)
    {
        // A point p here is factor * (p + 0.5) - 0.5 there.
        double half = 0.5, shift = (factor * half) - half;
        return this with
        {
            X0 = (factor * X0) + shift - ((XX + XY) * shift),
            Y0 = (factor * Y0) + shift - ((YX + YY) * shift),
        };
    }

    /// <summary>How much an area grows; negative where the map mirrors.</summary>
    public double Determinant => (XX * YY) - (XY * YX);

    /// <summary>The map back.</summary>
    public Alignment Inverse()
    {
        double xx = YY / Determinant, xy = -XY / Determinant, yx = -YX / Determinant, yy = XX / Determinant;
        return new Alignment(xx, xy, -(xx * X0) - (xy * Y0), yx, yy, -(yx * X0) - (yy * Y0));
    }

    /// <summary>What the map does, for people: <c>mirrored, turned by 90°, scaled to 50 %</c>.</summary>
    public string InWords()
    {
        var words = new List<string>();
        // Of a mirrored map, the turn that is left after left became right.
        double turn = (Determinant < 0 ? Math.Atan2(-YX, -XX) : Math.Atan2(YX, XX)) * 180 / Math.PI;
        if (Math.Round(turn) <= -180) turn += 360;
        bool upsideDown = Determinant < 0 && Math.Abs(turn - 180) < LeastTurn;
        if (Determinant < 0) words.Add(upsideDown ? "mirrored top to bottom" : "mirrored");
        if (Math.Abs(turn) >= LeastTurn && !upsideDown) words.Add(FormattableString.Invariant($"turned by {turn:0}°"));
        double scale = Math.Sqrt(Math.Abs(Determinant));
        if (Math.Abs(scale - 1) >= LeastScale) words.Add(FormattableString.Invariant($"its content at {100 * scale:0} %"));
        return words.Count > 0 ? string.Join(", ", words) : "saved again";
    }
}
