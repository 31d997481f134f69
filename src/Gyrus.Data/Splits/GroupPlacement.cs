namespace Gyrus.Data;

/// <summary>Deals groups out so that each place gets its share of every label.</summary>
internal static class GroupPlacement
{
    /// <summary>
    /// Places whole groups, the largest first, each where it brings the labels nearest to their shares: what is small
    /// comes last and evens out what is large.
    /// </summary>
    /// <param name="rows">The images, each with its group.</param>
    /// <param name="shares">The share of each place, together 1.</param>
    /// <param name="seed">The same seed gives the same places, in whatever order the rows are.</param>
    /// <returns>The place of each group.</returns>
    public static Dictionary<string, int> Place(IReadOnlyList<ManifestRow> rows, double[] shares, int seed)
    {
        var labels = rows.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal).ToList();
        var totals = labels.Select(label => (double)rows.Count(row => row.Label == label)).ToArray();
        var groups = rows.GroupBy(row => row.Group)
            .Select(group => (
                group.Key,
                Size: group.Count(),
                Counts: labels.Select(label => (double)group.Count(row => row.Label == label)).ToArray()))
            .OrderBy(group => group.Key, StringComparer.Ordinal).ToArray();
        new Random(seed).Shuffle(groups);

        var have = shares.Select(_ => new double[labels.Count]).ToArray();
        var places = new Dictionary<string, int>();
        foreach (var (key, _, counts) in groups.OrderByDescending(group => group.Size))
        {
            int best = Enumerable.Range(0, shares.Length).Where(place => shares[place] > 0).MinBy(place => Cost(place, counts));
            for (int label = 0; label < labels.Count; label++) have[best][label] += counts[label];
            places.Add(key, best);
        }
        return places;

        // How much the squared distance to the shares grows. A label with few images weighs as much as one with many.
        double Cost(int place, double[] counts)
        {
            double cost = 0;
            for (int label = 0; label < counts.Length; label++)
            {
                double before = have[place][label] - (shares[place] * totals[label]), after = before + counts[label];
                cost += ((after * after) - (before * before)) / (totals[label] * totals[label]);
            }
            return cost;
        }
    }
}
