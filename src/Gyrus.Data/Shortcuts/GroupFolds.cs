namespace Gyrus.Data.Shortcuts;

/// <summary>Deals groups into folds.</summary>
internal static class GroupFolds
{
    /// <summary>
    /// Deals whole groups, the largest first and equals in random order, each into the fold that has the fewest images of
    /// the group's most frequent answer.
    /// </summary>
    /// <param name="groups">[samples]: the group of each.</param>
    /// <param name="answers">[samples]: the answer of each, from 0.</param>
    /// <param name="folds">The number of folds.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <returns>[samples]: the fold of each, from 0.</returns>
    public static int[] Deal(IReadOnlyList<string> groups, byte[] answers, int folds, int seed)
    {
        var members = Enumerable.Range(0, groups.Count).GroupBy(i => groups[i])
            .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.ToList()).ToArray();
        new SeededRandom(seed).Shuffle(members);
        var counts = new int[answers.Max() + 1, folds];
        var totals = new int[folds];
        var dealt = new int[groups.Count];
        foreach (var group in members.OrderByDescending(group => group.Count))
        {
            int answer = group.GroupBy(i => answers[i]).OrderByDescending(same => same.Count()).ThenBy(same => same.Key)
                .First().Key;
            int fold = Enumerable.Range(0, folds).MinBy(f => (counts[answer, f], totals[f]));
            foreach (int i in group)
            {
                dealt[i] = fold;
                counts[answers[i], fold]++;
            }
            totals[fold] += group.Count;
        }
        return dealt;
    }
}
