namespace Gyrus.Learning.Training;

/// <summary>The changes of one image, drawn.</summary>
/// <param name="Map">[2, 3], row by row: from output to input positions, both from -1 to 1 with 0 at the centre.</param>
/// <param name="Gamma">The exponent of grey levels from 0 to 1; 1 for none.</param>
/// <param name="Contrast">What grey levels are multiplied by; 1 for none. Black stays black, as the air about a head
/// does.</param>
/// <param name="Noise">Standard deviation of the noise, in grey levels.</param>
/// <param name="Blur">Standard deviation of the blur, as a share of the size.</param>
/// <param name="CutOut">Left, top, width and height of the rectangle that is cut out, as shares of the size.</param>
/// <param name="Seed">Decides the noise.</param>
/// <param name="Look">Another scanner's look; null for the image's own.</param>
internal sealed record DrawnChange(
    float[] Map,
    double Gamma,
    double Contrast,
    double Noise,
    double Blur,
    (double Left, double Top, double Width, double Height) CutOut,
    int Seed,
    DrawnAppearance? Look = null);

/// <summary>Draws the changes of one augmented image.</summary>
internal static class Augmentation
{
    private const double NoisyShare = 1.0 / 3;
    private const double BlurredShare = 1.0 / 3;
    private const double CutShare = 0.5;

    // The look's draws begin where the noise's do not.
    private const int LookSeed = 0x5bd1e995;

    private static readonly AugmentationOptions Lesions = AugmentationOptions.None with { RotationDegrees = 180, ShearDegrees = 10, Zoom = 0.4, Flip = true };

    /// <summary>Draws all changes; as many numbers whatever the options, so that one option leaves the others' draws
    /// alone.</summary>
    /// <param name="options">How much may change.</param>
    /// <param name="random">Decides it.</param>
    /// <param name="keepsOrder">Whether what is brighter stays brighter whatever the look: see <see cref="Appearance.Draw"/>.</param>
    public static DrawnChange Draw(AugmentationOptions options, SeededRandom random, bool keepsOrder = false)
    {
        var map = Map(options, random);
        double gamma = Math.Exp(Even(random, options.Intensity));
        double contrast = Math.Exp(Even(random, options.Intensity));
        double noise = Sometimes(random, NoisyShare, options.Noise);
        double blur = Sometimes(random, BlurredShare, options.Blur);
        double cut = Sometimes(random, CutShare, options.CutOut);
        double aspect = 0.5 + random.NextDouble();
        double width = Math.Min(cut * aspect, 1), height = Math.Min(cut / aspect, 1);
        double left = (random.NextDouble() * (1 + width)) - width, top = (random.NextDouble() * (1 + height)) - height;
        int seed = random.Next();
        var look = options.ChangesLook ? Appearance.Draw(options, keepsOrder, new SeededRandom(seed ^ LookSeed)) : null;
        return new DrawnChange(map, gamma, contrast, noise, blur, (left, top, width, height), seed, look);
    }

    /// <summary>A turn, a mirroring and a zoom as lesions get them before they are pasted: any angle, 0.7 to 1.7 times as large.</summary>
    /// <returns>[2, 3], row by row: see <see cref="DrawnChange"/>.</returns>
    public static float[] Turned(SeededRandom random) => Map(Lesions, random);

    /// <summary>The affine part: rotation, shear, zoom, shift, mirror.</summary>
    /// <returns>[2, 3], row by row: see <see cref="DrawnChange"/>.</returns>
    private static float[] Map(AugmentationOptions options, SeededRandom random)
    {
        double angle = Even(random, options.RotationDegrees) * Math.PI / 180;
        double shear = Math.Tan(Even(random, options.ShearDegrees) * Math.PI / 180);
        double scale = 1 / (1 + Even(random, options.Zoom));
        double shiftX = 2 * Even(random, options.Shift), shiftY = 2 * Even(random, options.Shift);
        bool mirrored = random.NextDouble() < 0.5 && options.Flip;
        double mirror = mirrored ? -1 : 1;
        var (sin, cos) = Math.SinCos(angle);

        // rotation * shear * scale, the mirror last so that it turns the x axis of the input
        double a = scale * cos, b = scale * ((cos * shear) - sin);
        double c = scale * sin, d = scale * ((sin * shear) + cos);
        return [(float)(mirror * a), (float)(mirror * b), (float)shiftX, (float)c, (float)d, (float)shiftY];
    }

    private static double Even(SeededRandom random, double range) => ((random.NextDouble() * 2) - 1) * range;

    private static double Sometimes(SeededRandom random, double share, double largest)
    {
        bool happens = random.NextDouble() < share;
        double value = random.NextDouble() * largest;
        return happens ? value : 0;
    }
}
