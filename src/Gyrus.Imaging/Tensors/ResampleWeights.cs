namespace Gyrus.Imaging;

/// <summary>
/// Which source positions make up each target position along one axis, and with what weight: a triangle filter with
/// half-pixel centres whose support grows with the reduction, so that nothing aliases.
/// </summary>
/// <param name="First">[target]: the first source position.</param>
/// <param name="Offsets">[target + 1]: where each position's weights begin in <see cref="Values"/>.</param>
/// <param name="Values">The weights; those of one target position sum to 1.</param>
internal sealed record ResampleWeights(int[] First, int[] Offsets, float[] Values)
{
    /// <summary>Weights that bring <paramref name="source"/> positions to <paramref name="target"/> positions.</summary>
    public static ResampleWeights Triangle(int source, int target)
    {
        double scale = (double)source / target;
        double support = Math.Max(scale, 1);
        var first = new int[target];
        var offsets = new int[target + 1];
        var values = new List<float>(target * ((int)Math.Ceiling(support) * 2 + 1));
        for (int i = 0; i < target; i++)
        {
            double centre = (i + 0.5) * scale;
            int from = Math.Max((int)Math.Floor(centre - support + 0.5), 0);
            int to = Math.Min((int)Math.Floor(centre + support + 0.5), source);
            double sum = 0;
            for (int j = from; j < to; j++) sum += Weight(j);
            for (int j = from; j < to; j++) values.Add((float)(Weight(j) / sum));
            first[i] = from;
            offsets[i + 1] = values.Count;

            double Weight(int position) => Math.Max(0, 1 - (Math.Abs(position + 0.5 - centre) / support));
        }
        return new ResampleWeights(first, offsets, [.. values]);
    }
}
