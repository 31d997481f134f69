namespace Gyrus.Data.Manifests;

/// <summary>Which of some things belong together, where whatever is linked does.</summary>
/// <param name="count">How many things there are.</param>
internal sealed class Links(int count)
{
    private readonly int[] parents = [.. Enumerable.Range(0, count)];

    /// <summary>Links two.</summary>
    public void Join(int one, int other) => parents[Root(one)] = Root(other);

    /// <summary>One of the things that belong together with this one, the same for all of them.</summary>
    public int Root(int place)
    {
        while (parents[place] != place) place = parents[place] = parents[parents[place]];
        return place;
    }
}
