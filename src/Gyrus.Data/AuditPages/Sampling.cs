namespace Gyrus.Data.AuditPages;

/// <summary>Chooses a few of many, the same ones each time.</summary>
internal static class Sampling
{
    /// <summary>As many of each kind as there is room for, and of a kind those that stand far apart.</summary>
    /// <param name="items">What is chosen from.</param>
    /// <param name="most">How many are chosen at most.</param>
    /// <param name="kind">The kind of an item.</param>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> items, int most, Func<T, string> kind)
    {
        if (items.Count <= most) return items;
        var kinds = items.GroupBy(kind).Select(group => group.ToList()).ToList();
        var counts = new int[kinds.Count];
        for (int left = most; left > 0;)
        {
            for (int i = 0; i < kinds.Count && left > 0; i++)
            {
                if (counts[i] == kinds[i].Count) continue;
                counts[i]++;
                left--;
            }
        }
        return [.. kinds.SelectMany((group, i) =>
            Enumerable.Range(0, counts[i]).Select(j => group[(int)((long)j * group.Count / counts[i])]))];
    }
}
