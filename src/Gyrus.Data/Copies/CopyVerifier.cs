namespace Gyrus.Data.Copies;

/// <summary>Tells by pixels whether two images are copies.</summary>
internal static class CopyVerifier
{
    /// <summary>Similarity from which two images are copies. On the published set pairs between 0.86 and 0.96 are rare:
    /// copies lie above, neighbouring slices below.</summary>
    public const double LeastSimilarity = 0.95;

    /// <summary>Similarity from which a single link is believed whatever it joins.</summary>
    public const double StrongSimilarity = 0.98;

    /// <summary>Share of the structure that must lie on the other image.</summary>
    public const double LeastOverlap = 0.5;

    /// <summary>Similarity on the smaller levels below which the next is not looked at; copies stay well above.</summary>
    private static readonly double[] LeastOnLevel = [0, 0.76, 0.7];

    /// <summary>Similarity by which a map may fall behind the best and still be looked at on the next level.</summary>
    private const double NearlyAsGood = 0.06;

    /// <summary>Pixels of a window's side, level by level: smaller ones on smaller pictures tell heads apart there.</summary>
    private static readonly int[] Windows = [10, 8, 6];

    private static readonly int[] Steps = [5, 8, 10];

    /// <summary>Lays the first on the second, from the smallest level up, and compares them.</summary>
    /// <param name="first">The one image.</param>
    /// <param name="second">The other.</param>
    /// <param name="maps">Where to begin, in pixels of the largest level.</param>
    /// <returns>The agreement and the map that it holds for; null where the images are no copies.</returns>
    public static (PixelAgreement Agreement, Alignment Map)? Compare(
        PicturePyramid first, PicturePyramid second, IReadOnlyList<Alignment> maps)
    {
        if (Math.Abs(maps[0].Determinant) >= 1) return CompareUpwards(first, second, maps);
        // The smaller is laid on the larger: the other way, details are compared that the smaller has not.
        return CompareUpwards(second, first, [.. maps.Select(map => map.Inverse())]) is var (agreement, inverse)
            ? (agreement, inverse.Inverse())
            : null;
    }

    private static (PixelAgreement Agreement, Alignment Map)? CompareUpwards(
        PicturePyramid first, PicturePyramid second, IReadOnlyList<Alignment> maps)
    {
        const int Smallest = PicturePyramid.Count - 1;
        var starts = maps.Select(map => map.Scaled(1.0 / (1 << Smallest))).ToList();
        for (int level = Smallest; ; level--)
        {
            var laid = starts.Select(start => Lay(first, second, start, level)).ToList();
            var best = laid.MaxBy(one => one.Agreement.Similarity);
            if (level == 0)
                return best.Agreement.Similarity >= LeastSimilarity && best.Agreement.Overlap >= LeastOverlap ? best : null;
            if (best.Agreement.Similarity < LeastOnLevel[level]) return null;
            // Heads are nearly symmetric: which way round it is may show on the next level only.
            starts = [.. laid.Where(one => one.Agreement.Similarity >= best.Agreement.Similarity - NearlyAsGood)
                .Select(one => one.Map.Scaled(2))];
        }
    }

    private static (PixelAgreement Agreement, Alignment Map) Lay(
        PicturePyramid first, PicturePyramid second, Alignment start, int level)
    {
        var map = Registration.Refine(first.Levels[level], second.Levels[level], start, Steps[level]);
        return (PixelAgreement.Of(first.Levels[level], second.Levels[level], map, Windows[level], greyOnly: level == 0), map);
    }
}
