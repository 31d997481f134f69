using Gyrus.Imaging;
using Gyrus.Inference.HeatMaps;

namespace Gyrus.Inference.Tests.HeatMaps;

/// <summary>
/// The deletion test of heat maps (Petsiuk et al. 2018, RISE): what a map calls most important is blanked, and the answer
/// has to fall by more than when as much is blanked at random.
/// </summary>
internal static class Deletion
{
    /// <summary>The share of an image's pixels with the largest values.</summary>
    /// <param name="values">A value a pixel.</param>
    /// <param name="share">0 to 1.</param>
    public static bool[] Top(float[] values, double share)
    {
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(Array.ConvertAll(values, value => -value), order);
        var chosen = new bool[values.Length];
        foreach (var i in order.AsSpan(0, (int)(share * values.Length))) chosen[i] = true;
        return chosen;
    }

    /// <summary>As many pixels of the same form somewhere else: the map is moved by a random step, round its edges.</summary>
    public static bool[] Moved(bool[] chosen, int width, Random random)
    {
        int height = chosen.Length / width;
        int right = random.Next(width);
        int down = random.Next(height);
        var moved = new bool[chosen.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            var (y, x) = Math.DivRem(i, width);
            moved[((y + down) % height * width) + ((x + right) % width)] = chosen[i];
        }
        return moved;
    }

    /// <summary>Pixels anywhere.</summary>
    public static bool[] Scattered(int pixels, double share, Random random)
    {
        var order = Enumerable.Range(0, pixels).ToArray();
        random.Shuffle(order);
        var chosen = new bool[pixels];
        foreach (var i in order.AsSpan(0, (int)(share * pixels))) chosen[i] = true;
        return chosen;
    }

    /// <summary>A scan with pixels made black, as the surroundings of a head are.</summary>
    public static Scan Blank(Scan scan, bool[] chosen)
    {
        var rgb = scan.Rgb.ToArray();
        for (int i = 0; i < chosen.Length; i++)
        {
            if (chosen[i]) rgb.AsSpan(3 * i, 3).Clear();
        }
        return scan with { Rgb = rgb };
    }

    /// <summary>By how much the probability of a tumour falls.</summary>
    public static Falls Measure(ScanClassifier classifier, Scan scan, HeatMapMethod method, double share, Random random)
    {
        var answer = classifier.Explain(scan, method);
        double Fall(bool[] chosen) => ScanLabel.TumourProbability(answer.Probabilities)
            - ScanLabel.TumourProbability(Probabilities(classifier, Blank(scan, chosen)));
        var top = Top(answer.Map.Over(answer.Area, scan.Width, scan.Height), share);
        return new Falls(
            Fall(top), Fall(Moved(top, scan.Width, random)), Fall(Scattered(top.Length, share, random)));
    }

    private static float[] Probabilities(ScanClassifier classifier, Scan scan) =>
        classifier.Explain(scan, HeatMapMethod.Cam).Probabilities;
}

/// <summary>How far the probability of a tumour falls when a fifth, say, of a scan is blanked.</summary>
/// <param name="Top">What the map calls most important.</param>
/// <param name="Moved">The same form elsewhere.</param>
/// <param name="Scattered">Pixels anywhere.</param>
internal sealed record Falls(double Top, double Moved, double Scattered);
