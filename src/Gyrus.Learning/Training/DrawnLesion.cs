namespace Gyrus.Learning.Training;

/// <summary>
/// A lesion out of nothing, for heads of a data set in which no lesion's outline is known: a blob with a wavy edge, evenly grey or mottled, at times with a
/// bright rim about a dark core and swelling around it. After Hu et al. 2023, "Label-Free Liver Tumor Segmentation", whose lesions are drawn so too.
/// </summary>
internal static class DrawnLesion
{
    // Shares of the image's side.
    private const double LeastRadius = 0.03, MostRadius = 0.14;
    private const double RimShare = 0.35, SwellingShare = 0.5;

    // Greys of the tissue around it: what a lesion is brighter by is measured against their spread.
    private const double Tissue = 110, Spread = 25;

    /// <summary>Draws one in the middle of an image.</summary>
    /// <param name="size">Width and height.</param>
    /// <param name="random">Decides all of it.</param>
    /// <returns>[size, size] each: greys of the lesion and of tissue around it, 1 to 255, and the outline, up to 255 on the lesion, less where the head
    /// shows through and towards its edge.</returns>
    public static (byte[] Greys, byte[] Outline) Draw(int size, SeededRandom random)
    {
        double radius = size * LeastRadius * Math.Pow(MostRadius / LeastRadius, random.NextDouble());
        var (edge, mottle) = (new Waves(random, 2, 5, 0.18), new Waves(random, 1, 4, 1));
        double softness = 0.1 + (0.4 * random.NextDouble()), mottled = 0.5 * random.NextDouble();
        double level = Spread * (0.5 + (1.3 * random.NextDouble())), opacity = 0.6 + (0.4 * random.NextDouble());
        bool rim = random.NextDouble() < RimShare, swelling = random.NextDouble() < SwellingShare;
        double core = rim ? -level * random.NextDouble() : level, reach = swelling ? 1.3 + random.NextDouble() : 1;
        var (greys, outline) = (new byte[size * size], new byte[size * size]);
        for (int i = 0; i < greys.Length; i++)
        {
            double x = (i % size) - (size / 2.0), y = (i / size) - (size / 2.0);
            double angle = Math.Atan2(y, x), away = Math.Sqrt((x * x) + (y * y)) / (radius * (1 + edge.At(angle)));
            double texture = 1 + (mottled * mottle.At(angle + (2 * away)));
            double grey = away > 1 ? 0.5 * level : rim && away < 0.7 ? core : level;
            outline[i] = (byte)(255 * opacity * Math.Clamp((reach - away) / softness, 0, 1));
            // Beyond the outline, what the spread of the tissue is measured on.
            grey = outline[i] > 0 ? grey * texture : Spread * ((i + (i / size)) % 2 == 0 ? 1 : -1);
            greys[i] = (byte)Math.Clamp(Tissue + grey, 1, 255);
        }
        return (greys, outline);
    }

    /// <summary>A few waves about a circle.</summary>
    private sealed class Waves
    {
        private readonly (int Count, double Height, double Phase)[] _waves;

        public Waves(SeededRandom random, int fewest, int most, double height) => _waves =
            [.. Enumerable.Range(fewest, most - fewest + 1).Select(count => (count, height * random.NextDouble() / Math.Sqrt(count), 2 * Math.PI * random.NextDouble()))];

        public double At(double angle)
        {
            double sum = 0;
            foreach (var (count, height, phase) in _waves) sum += height * Math.Cos((count * angle) + phase);
            return sum;
        }
    }
}
