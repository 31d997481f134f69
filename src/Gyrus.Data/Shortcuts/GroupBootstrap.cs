namespace Gyrus.Data.Shortcuts;

/// <summary>Intervals that take the images of a group for one observation: copies are no new evidence.</summary>
internal static class GroupBootstrap
{
    private const int Resamples = 1000;

    /// <summary>The 95 % percentile interval of an accuracy, over resamples of whole groups.</summary>
    /// <param name="groups">For each group, the images guessed right and the images.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public static (double Low, double High) Accuracy(IReadOnlyList<(int Right, int Images)> groups, int seed)
    {
        var random = new SeededRandom(seed);
        var drawn = new double[Resamples];
        for (int k = 0; k < Resamples; k++)
        {
            long right = 0, images = 0;
            for (int draw = 0; draw < groups.Count; draw++)
            {
                var group = groups[random.Next(groups.Count)];
                right += group.Right;
                images += group.Images;
            }
            drawn[k] = (double)right / images;
        }
        Array.Sort(drawn);
        return (drawn[(int)(0.025 * Resamples)], drawn[(int)(0.975 * Resamples) - 1]);
    }
}
