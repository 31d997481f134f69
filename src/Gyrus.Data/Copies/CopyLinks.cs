namespace Gyrus.Data.Copies;

/// <summary>
/// Grows groups from links. Copies of copies are copies, but one mistaken link must not join two large groups: between
/// groups, and wherever a link is weak, half of a sample of the pairs across must be copies by themselves.
/// </summary>
internal sealed class CopyLinks
{
    /// <summary>Images from which a group is joined to another such group by more than a single link.</summary>
    private const int LargeGroup = 5;

    /// <summary>Images of each side that are compared.</summary>
    private const int Sampled = 3;

    private readonly int[] parents;
    private readonly List<int>[] members;
    private readonly Func<int, int, bool> areCopies;

    /// <summary>Begins with each image by itself.</summary>
    /// <param name="count">The number of images.</param>
    /// <param name="areCopies">Whether two images are copies by themselves.</param>
    public CopyLinks(int count, Func<int, int, bool> areCopies)
    {
        this.areCopies = areCopies;
        parents = [.. Enumerable.Range(0, count)];
        members = [.. parents.Select(image => new List<int> { image })];
    }

    /// <summary>Whether two images are in one group.</summary>
    public bool AreJoined(int first, int second) => Root(first) == Root(second);

    /// <summary>Joins the groups of a link's images where the rule allows; says whether they are one now.</summary>
    public bool Join(CopyLink link)
    {
        int one = Root(link.First), other = Root(link.Second);
        if (one == other) return true;
        int smaller = Math.Min(members[one].Count, members[other].Count);
        int larger = Math.Max(members[one].Count, members[other].Count);
        bool believed = link.Similarity >= CopyVerifier.StrongSimilarity ? smaller < LargeGroup : larger == 1;
        if (!believed && !HalfAreCopies(link, members[one], members[other])) return false;
        if (members[one].Count < members[other].Count) (one, other) = (other, one);
        members[one].AddRange(members[other]);
        members[other] = [];
        parents[other] = one;
        return true;
    }

    /// <summary>The groups of two images and more.</summary>
    public IEnumerable<IReadOnlyList<int>> Groups() => members.Where(group => group.Count > 1);

    private bool HalfAreCopies(CopyLink link, List<int> one, List<int> other)
    {
        var pairs = (from first in Sample(one) from second in Sample(other) select (first, second))
            .Where(pair => pair != (link.First, link.Second) && pair != (link.Second, link.First)).ToList();
        int copies = pairs.Count(pair => areCopies(pair.first, pair.second));
        return pairs.Count > 0 && 2 * copies >= pairs.Count;
    }

    /// <summary>Evenly from first to last: those that came early and late.</summary>
    private static IEnumerable<int> Sample(List<int> group)
    {
        int count = Math.Min(Sampled, group.Count);
        return Enumerable.Range(0, count).Select(i => group[count == 1 ? 0 : i * (group.Count - 1) / (count - 1)]);
    }

    private int Root(int image)
    {
        while (parents[image] != image)
        {
            parents[image] = parents[parents[image]];
            image = parents[image];
        }
        return image;
    }
}
