namespace Gyrus.Data.Acquisition;

/// <summary>How well one way to part images agrees with another.</summary>
internal static class Agreement
{
    /// <summary>
    /// The adjusted Rand index (Hubert and Arabie, "Comparing partitions", Journal of Classification 2, 1985): 1 where both part the images
    /// alike, 0 on average where one is drawn at random.
    /// </summary>
    /// <param name="one">[images]: the part of each.</param>
    /// <param name="other">[images]: the part of each, the other way.</param>
    public static double AdjustedRand<T>(IReadOnlyList<T> one, IReadOnlyList<T> other)
        where T : notnull
    {
        static double Pairs(double count) => count * (count - 1) / 2;
        double both = one.Zip(other).CountBy(pair => pair).Sum(cell => Pairs(cell.Value));
        double ones = one.CountBy(part => part).Sum(part => Pairs(part.Value));
        double others = other.CountBy(part => part).Sum(part => Pairs(part.Value));
        double expected = ones * others / Math.Max(1, Pairs(one.Count)), most = (ones + others) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    /// <summary>
    /// The purity of parts (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, section 16.3): the share of images that
    /// are of the class which is most frequent in their part.
    /// </summary>
    /// <param name="parts">[images]: the part of each.</param>
    /// <param name="classes">[images]: the class of each.</param>
    public static double Purity(IReadOnlyList<string> parts, IReadOnlyList<string> classes) => parts.Count == 0 ? 0
        : (double)parts.Zip(classes).GroupBy(image => image.First, image => image.Second)
            .Sum(part => part.CountBy(known => known).Max(known => known.Value)) / parts.Count;
}
