using Gyrus.Imaging.Decoding;
using NetVips;

namespace Gyrus.Data.Tests.Copies;

/// <summary>Makes changed copies of scans, the same for the same seed.</summary>
internal static class ChangedCopies
{
    private const double Share = 0.08; // Of a side, the largest margin and crop.
    private const double MostTurned = 15; // Degrees.

    /// <summary>The kind that is not changed.</summary>
    public const string Exact = "exact";

    /// <summary>The kinds of change, each with the least share of its copies that must be found.</summary>
    public static readonly (string Kind, double LeastRecall)[] Kinds =
    [
        (Exact, 0.98), ("turned 90", 0.98), ("turned 180", 0.98), ("turned 270", 0.98), ("mirrored", 0.98),
        ("half size", 0.98), ("JPEG 30", 0.98), ("brightness and contrast", 0.95), ("turned by up to 15", 0.95),
        ("margin", 0.95), ("crop", 0.95), ("text", 0.95),
    ];

    /// <summary>A changed copy, as it is decoded from a file: changes of the pixels are saved as JPEG, quality 90.
    /// </summary>
    public static Scan Make(Scan scan, string kind, Random random)
    {
        using var image = Image.NewFromMemoryCopy(scan.Rgb, scan.Width, scan.Height, 3, Enums.BandFormat.Uchar)
            .Copy(interpretation: Enums.Interpretation.Srgb);
        return kind switch
        {
            "turned 90" => Lossless(image.Rot90()),
            "turned 180" => Lossless(image.Rot180()),
            "turned 270" => Lossless(image.Rot270()),
            "mirrored" => Lossless(random.Next(2) == 0 ? image.FlipHor() : image.FlipVer()),
            "half size" => Lossless(image.Resize(0.5)),
            "JPEG 30" => Saved(image, 30),
            "brightness and contrast" => Saved(
                image.Linear([0.8 + (0.4 * random.NextDouble())], [51 * Either(random)], uchar: true), 90),
            "turned by up to 15" => Saved(Turned(image, random), 90),
            "margin" => Saved(Margin(image, random), 90),
            "crop" => Saved(Crop(image, random), 90),
            "text" => Saved(Text(image, random), 90),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private static double Either(Random random) => (2 * random.NextDouble()) - 1;

    private static Scan Lossless(Image image)
    {
        using (image) return new Scan(image.Width, image.Height, "RGB", "png", image.WriteToMemory<byte>());
    }

    private static Scan Saved(Image image, int quality)
    {
        using (image) return ScanDecoder.Decode("a changed copy", image.JpegsaveBuffer(q: quality));
    }

    private static Image Turned(Image image, Random random)
    {
        using var turned = image.Similarity(
            angle: MostTurned * Either(random), interpolate: Interpolate.NewFromName("bilinear"));
        return turned.Crop(
            (turned.Width - image.Width) / 2, (turned.Height - image.Height) / 2, image.Width, image.Height);
    }

    private static Image Margin(Image image, Random random)
    {
        var (left, top, right, bottom) = Sides(image, random);
        double grey = random.Next(3) switch { 0 => 0, 1 => 255, _ => random.Next(20, 200) };
        return image.Embed(
            left, top, image.Width + left + right, image.Height + top + bottom,
            extend: Enums.Extend.Background, background: [grey, grey, grey]);
    }

    private static Image Crop(Image image, Random random)
    {
        var (left, top, right, bottom) = Sides(image, random);
        return image.Crop(left, top, image.Width - left - right, image.Height - top - bottom);
    }

    /// <summary>Half of the time the most at every side, else of any width at each.</summary>
    private static (int Left, int Top, int Right, int Bottom) Sides(Image image, Random random)
    {
        bool most = random.Next(2) == 0;
        int Side(int length) => (int)(length * Share * (most ? 1 : random.NextDouble()));
        return (Side(image.Width), Side(image.Height), Side(image.Width), Side(image.Height));
    }

    /// <summary>Lines of letters in a corner, each letter five by seven dots drawn at random.</summary>
    private static Image Text(Image image, Random random)
    {
        int width = image.Width, height = image.Height, dot = Math.Max(1, width / 160);
        bool right = random.Next(2) == 0, bottom = random.Next(2) == 0;
        return image.Mutate(drawn =>
        {
            int lines = random.Next(1, 4);
            for (int line = 0; line < lines; line++)
            {
                int letters = random.Next(6, 18);
                for (int cell = 0; cell < letters * 5 * 7; cell++)
                {
                    if (random.Next(2) == 0) continue;
                    int x = (3 + (cell / 35 * 6) + (cell % 5)) * dot, y = (3 + (line * 9) + (cell % 35 / 5)) * dot;
                    if (x + dot > width || y + dot > height) continue;
                    if (right) x = width - dot - x;
                    if (bottom) y = height - dot - y;
                    drawn.DrawRect([255, 255, 255], x, y, dot, dot, fill: true);
                }
            }
        });
    }
}
