using Gyrus.Imaging.Decoding;

namespace Gyrus.Testing;

/// <summary>Heads whose greys are in the order of a sequence, with a lesion where one is wanted.</summary>
internal static class DrawnSequence
{
    /// <summary>Fluid is dark and skin bright.</summary>
    public static readonly byte[] LikeT1 = [200, 25, 110, 140, 30];

    /// <summary>Fluid is bright.</summary>
    public static readonly byte[] LikeT2 = [120, 30, 150, 100, 240];

    /// <summary>Skull is white and brain alike.</summary>
    public static readonly byte[] LikeCt = [90, 255, 85, 80, 50];

    /// <summary>Draws a head, a little another one for each seed.</summary>
    /// <param name="greys">Of skin, skull, cortex, white matter and ventricles.</param>
    /// <param name="seed">The head.</param>
    /// <param name="lesion">The grey of a lesion in one half of the brain; null for none.</param>
    public static Scan Draw(byte[] greys, int seed, byte? lesion = null)
    {
        var random = new Random(seed);
        double x = 80 + random.Next(-5, 6), y = 80 + random.Next(-5, 6), across = 52 + random.Next(-5, 6), down = 64 + random.Next(-5, 6);
        greys = Array.ConvertAll(greys, grey => (byte)Math.Clamp(grey + random.Next(-15, 16), 0, 255)); // No two scanners and people are alike.
        double ventricle = 0.06 + 0.05 * random.NextDouble();
        var drawn = new DrawnScan(160, 160, 5)
            .Ellipse(x, y, across, down, greys[0]).Ellipse(x, y, across * 0.93, down * 0.93, greys[1])
            .Ellipse(x, y, across * 0.84, down * 0.84, greys[2]).Ellipse(x, y, across * 0.66, down * 0.66, greys[3])
            .Ellipse(x - across * 0.12, y, across * ventricle, down * 0.25, greys[4]).Ellipse(x + across * 0.12, y, across * ventricle, down * 0.25, greys[4]);
        for (int fold = 0; fold < 14; fold++) // Each brain has places of its own that are brighter or darker than the rest.
        {
            double turn = 2 * Math.PI * random.NextDouble(), reach = 0.25 + 0.45 * random.NextDouble();
            drawn.Ellipse(
                x + Math.Cos(turn) * reach * across, y + Math.Sin(turn) * reach * down, 2 + random.Next(5), 2 + random.Next(5),
                (byte)Math.Clamp(greys[3] + random.Next(-45, 46), 0, 255));
        }
        if (lesion is { } grey)
        {
            double side = seed % 4 < 2 ? -1 : 1;
            drawn.Ellipse(x + side * across * 0.42, y + down * (random.NextDouble() - 0.5) * 0.6, 7 + random.Next(4), 7 + random.Next(4), grey);
        }
        return drawn.Noise(seed, 6).Scan;
    }
}
