using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using NetVips;

namespace Gyrus.Inference.Tests.HeatMaps;

/// <summary>
/// The deletion test of heat maps (Petsiuk et al. 2018, RISE): what a map calls most important is taken away, and the
/// answer has to fall by more than when as much is taken away at random.
/// </summary>
/// <remarks>A black hole in a scan changes the answer by its edges alone, wherever it is. A blurred patch takes the detail
/// away and makes no edges (Fong and Vedaldi 2017).</remarks>
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

    /// <summary>Squares of a 14 x 14 grid.</summary>
    public static bool[] Blocks(int width, int height, double share, Random random)
    {
        const int grid = 14;
        var cells = Scattered(grid * grid, share, random);
        return [.. Enumerable.Range(0, width * height)
            .Select(i => cells[(i / width * grid / height * grid) + (i % width * grid / width)])];
    }

    /// <summary>A scan of nothing.</summary>
    public static Scan Black(Scan scan) => scan with { Rgb = new byte[scan.Rgb.Length] };

    /// <summary>A scan without detail.</summary>
    public static Scan Blurred(Scan scan)
    {
        using var image = Image.NewFromMemory(scan.Rgb, scan.Width, scan.Height, 3, Enums.BandFormat.Uchar);
        using var blurred = image.Gaussblur(Math.Max(scan.Width, scan.Height) / 20.0);
        return scan with { Rgb = blurred.WriteToMemory<byte>() };
    }

    /// <summary>A scan with pixels replaced by those of another.</summary>
    public static Scan Replace(Scan scan, bool[] chosen, Scan by)
    {
        var rgb = scan.Rgb.ToArray();
        for (int i = 0; i < chosen.Length; i++)
        {
            if (chosen[i]) by.Rgb.AsSpan(3 * i, 3).CopyTo(rgb.AsSpan(3 * i));
        }
        return scan with { Rgb = rgb };
    }

    /// <summary>By how much the probability of a tumour falls when a share of a scan is replaced.</summary>
    public static Falls Measure(
        ScanClassifier classifier, Scan scan, HeatMapMethod method, double share, Scan by, Random random)
    {
        var answer = classifier.Explain(scan, method);
        double Fall(bool[] chosen) => PublishedLabels.Set.TumourProbability(answer.Probabilities)
            - PublishedLabels.Set.TumourProbability(Probabilities(classifier, Replace(scan, chosen, by)));
        var top = Top(answer.Map.Over(answer.Area, scan.Width, scan.Height), share);
        return new Falls(
            Fall(top),
            Fall(Moved(top, scan.Width, random)),
            Fall(Blocks(scan.Width, scan.Height, share, random)),
            Fall(Scattered(top.Length, share, random)));
    }

    private static float[] Probabilities(ScanClassifier classifier, Scan scan) =>
        classifier.Explain(scan, HeatMapMethod.Cam).Probabilities;
}
