namespace Gyrus.Samples;

/// <summary>
/// A made-up mass: it pushes tissue aside, has a core and a rim, and swells the brain around it. It is drawn, not taken
/// from any patient.
/// </summary>
/// <param name="Right">Its middle: millimetres to the right of the picture's middle.</param>
/// <param name="Down">Its middle: millimetres below the picture's middle.</param>
/// <param name="Radius">Its mean radius in millimetres.</param>
/// <param name="Core">The value within.</param>
/// <param name="Rim">The value of its outer shell.</param>
/// <param name="RimThickness">Millimetres.</param>
/// <param name="Oedema">What the swelling around it adds to values.</param>
/// <param name="Texture">The standard deviation of values within.</param>
/// <param name="EdgeWidth">Over how many millimetres one part passes into the next.</param>
internal sealed record SyntheticLesion(
    double Right,
    double Down,
    double Radius,
    double Core,
    double Rim,
    double RimThickness,
    double Oedema,
    double Texture,
    double EdgeWidth)
{
    /// <summary>On CT: dense and even, with swelling around it. Hounsfield units.</summary>
    public static SyntheticLesion DenseMass { get; } = new(
        Right: 34, Down: 20, Radius: 13,
        Core: 55, Rim: 59, RimThickness: 3, Oedema: -12, Texture: 3.5, EdgeWidth: 2.2);

    /// <summary>On contrast-enhanced T1: a bright rim around a dark core, with dark swelling around it.</summary>
    public static SyntheticLesion RingEnhancing { get; } = new(
        Right: 29, Down: 8, Radius: 13,
        Core: 50, Rim: 136, RimThickness: 3.6, Oedema: -33, Texture: 11, EdgeWidth: 1.7);

    /// <summary>The slice with the lesion in it.</summary>
    public Slice In(Slice slice)
    {
        var texture = Noise.Gaussian(slice.Canvas, seed: 7).Blurred(sigma: 3);
        double textureScale = Texture / Math.Sqrt(texture.Values.Average(value => value * value));
        return Slice.Create(slice.Canvas, (right, down) =>
        {
            double x = right - Right, y = down - Down;
            double distance = Math.Sqrt(x * x + y * y), angle = Math.Atan2(y, x);
            double edge = Radius * Outline(angle);

            // An expanding disc moves tissue outwards; the skull holds it, so the shift dies away with distance.
            double shift = distance == 0 ? 0 : 0.45 * Radius * Math.Exp(-distance * distance / (2 * 24 * 24));
            double scale = distance == 0 ? 1 : Math.Max(0, distance - shift) / distance;
            double value = slice.At(Right + x * scale, Down + y * scale);

            double swollen = Step(edge * 2.1 * Fingers(angle) - distance, 7);
            value += Oedema * swollen;

            double rim = Rim + textureScale * texture.At(right, down);
            double core = Core + textureScale * texture.At(right, down);
            double thickness = RimThickness * (1 + 0.45 * Math.Sin(2 * angle + 0.6) + 0.25 * Math.Sin(5 * angle));
            double mass = core + (rim - core) * Step(distance - (edge - thickness), EdgeWidth);
            return value + (mass - value) * Step(edge - distance, EdgeWidth);
        });
    }

    // Masses are lobed and swelling follows the white matter: harmonics of the angle, chosen by eye.
    private static double Outline(double angle) =>
        1 + 0.14 * Math.Sin(2 * angle + 1.1) + 0.08 * Math.Sin(3 * angle + 2.3) + 0.05 * Math.Sin(5 * angle);

    private static double Fingers(double angle) =>
        1 + 0.16 * Math.Sin(3 * angle + 0.4) + 0.10 * Math.Sin(5 * angle + 1.9) + 0.06 * Math.Sin(8 * angle);

    // From 0 to 1 around 0, over about the given number of millimetres.
    private static double Step(double distance, double width) => 1 / (1 + Math.Exp(-4 * distance / width));
}
