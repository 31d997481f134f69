namespace Gyrus.Imaging.Acquisition;

/// <summary>
/// The order of greys from a head's rim to its middle. A lesion is to count as little as can be: rings are taken by their medians, which it
/// moves where it covers half of a ring; and of a place and its mirror image that counts which is nearer to its ring's median, so that what
/// is on one side alone is left out, be it bright or dark.
/// </summary>
internal static class HeadTissues
{
    /// <summary>Where rings end, by depth: narrow ones at the rim, where skin, fat, skull and cortex lie.</summary>
    private static readonly float[] RingEnds = [0.06f, 0.13f, 0.21f, 0.3f, 0.42f, 0.56f, 0.75f, 1];

    /// <summary>The share of the head's places that are darker than what greys are divided by.</summary>
    private const double Bright = 0.95;

    /// <summary>From where on it is brain, mostly.</summary>
    private const float Inner = 0.3f;

    /// <summary>From where on it is no bone, mostly.</summary>
    private const float Cortex = 0.21f;

    /// <summary>From where on it is the middle, with the ventricles.</summary>
    private const float Middle = 0.7f;

    /// <summary>Up to where it is skin, fat and skull, mostly.</summary>
    private const float Rim = 0.21f;

    // Furrows are about as wide as a cell.
    private const int FoldScales = 2;

    private static readonly double[] Quantiles = [0.05, 0.25, 0.5, 0.75, 0.95];

    /// <summary>The names of the numbers.</summary>
    public static readonly string[] Names =
    [
        .. RingEnds.Select((_, ring) => $"ring {ring + 1}"), .. Quantiles.Select(share => FormattableString.Invariant($"inside {share:0.00}")),
        "middle dark", "middle bright", "rim dark", "rim bright", "white", "black", "alike", "rim sides", "rim top", "rim bottom",
        .. Enumerable.Range(0, FoldScales).Select(scale => $"folds {1 << scale}"),
    ];

    /// <summary>Appends the numbers.</summary>
    /// <param name="head">The head.</param>
    /// <param name="numbers">What they are appended to.</param>
    /// <returns>The grey of the head's bright parts, by which greys are divided; 1 or more.</returns>
    public static float Append(HeadGrid head, List<float> numbers)
    {
        var rings = Array.ConvertAll(RingEnds, _ => new GreyCounts());
        for (int i = 0; i < head.Grey.Length; i++)
        {
            if (head.Depth[i] >= 0) rings[RingOf(head.Depth[i])].Add(head.Grey[i]);
        }
        var medians = Array.ConvertAll(rings, ring => ring.Quantile(0.5));
        var (all, inside, middle, rim) = (new GreyCounts(), new GreyCounts(), new GreyCounts(), new GreyCounts());
        int axis = head.MirrorAxis;
        for (int i = 0; i < head.Grey.Length; i++)
        {
            float depth = head.Depth[i];
            if (depth < 0) continue;
            int grey = Symmetric(head, i, axis, medians[RingOf(depth)]);
            all.Add(grey);
            if (depth >= Inner) inside.Add(grey);
            if (depth >= Middle) middle.Add(grey);
            if (depth < Rim) rim.Add(grey);
        }
        float scale = Math.Max(1, all.Quantile(Bright));
        numbers.AddRange(medians.Select(median => median / scale));
        numbers.AddRange(Quantiles.Select(share => inside.Quantile(share) / scale));
        float brain = inside.Quantile(0.5);
        numbers.Add((brain - middle.Quantile(0.1)) / scale);
        numbers.Add((middle.Quantile(0.9) - brain) / scale);
        numbers.Add(rim.Quantile(0.1) / scale);
        numbers.Add(rim.Quantile(0.9) / scale);
        numbers.Add(all.Share(250, 255));
        numbers.Add(all.Share(0, 0.06 * scale));
        numbers.Add(inside.Share(0.9 * brain, 1.1 * brain));
        AppendSectors(head, axis, scale, numbers);
        AppendFolds(head, numbers);
        return scale;
    }

    /// <summary>
    /// Whether what is thin in the brain is dark, as the furrows are on T1 and FLAIR, or bright, as they are on T2 and vessels are after contrast:
    /// the skewness by quantiles (Kelley, Fundamentals of Statistics, 1947) of how much a place differs from those around it.
    /// </summary>
    private static void AppendFolds(HeadGrid head, List<float> numbers)
    {
        const int Zero = 4096;
        for (int step = 1; step < 1 << FoldScales; step *= 2)
        {
            var counts = new GreyCounts(2 * Zero);
            for (int y = step; y < head.Height - step; y++)
            {
                for (int x = step; x < head.Width - step; x++)
                {
                    int i = y * head.Width + x;
                    if (head.Depth[i] < Cortex) continue;
                    counts.Add(Zero + 4 * head.Grey[i] - head.Grey[i - step] - head.Grey[i + step]
                        - head.Grey[i - step * head.Width] - head.Grey[i + step * head.Width]);
                }
            }
            float low = counts.Quantile(0.1), middle = counts.Quantile(0.5), high = counts.Quantile(0.9);
            numbers.Add(high - low < 1 ? 0 : (high + low - 2 * middle) / (high - low));
        }
    }

    private static int RingOf(float depth)
    {
        int ring = 0;
        while (depth > RingEnds[ring] && ring < RingEnds.Length - 1) ring++;
        return ring;
    }

    private static int Symmetric(HeadGrid head, int i, int axis, float median)
    {
        int mirrored = axis - i % head.Width;
        if (mirrored < 0 || mirrored >= head.Width) return head.Grey[i];
        int j = i - i % head.Width + mirrored;
        return head.Depth[j] >= 0 && Math.Abs(head.Grey[j] - median) < Math.Abs(head.Grey[i] - median) ? head.Grey[j] : head.Grey[i];
    }

    /// <summary>How the rim differs from side to side, and at the top and the bottom: a face is at one of them on sagittal slices.</summary>
    private static void AppendSectors(HeadGrid head, int axis, float scale, List<float> numbers)
    {
        const int Bands = 4;
        var left = Array.ConvertAll(new int[Bands], _ => new GreyCounts());
        var right = Array.ConvertAll(new int[Bands], _ => new GreyCounts());
        var rim = new GreyCounts();
        for (int i = 0; i < head.Grey.Length; i++)
        {
            if (head.Depth[i] is < 0 or >= Rim) continue;
            int band = i / head.Width * Bands / head.Height;
            (2 * (i % head.Width) < axis ? left : right)[band].Add(head.Grey[i]);
            rim.Add(head.Grey[i]);
        }
        float median = rim.Quantile(0.5);
        numbers.Add(left.Zip(right).Average(pair => Math.Abs(pair.First.Quantile(0.5) - pair.Second.Quantile(0.5))) / scale);
        numbers.Add(((left[0].Quantile(0.5) + right[0].Quantile(0.5)) / 2 - median) / scale);
        numbers.Add(((left[^1].Quantile(0.5) + right[^1].Quantile(0.5)) / 2 - median) / scale);
    }
}
