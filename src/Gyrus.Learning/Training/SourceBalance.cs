using Gyrus.Data.Manifests;

namespace Gyrus.Learning.Training;

/// <summary>How often an epoch shows each image, so that a small source is not drowned by a large one.</summary>
internal static class SourceBalance
{
    /// <summary>The weight of each image. Images of one source, sequence and label are a kind: with a balance of 0 a kind is shown as often as it has
    /// images, with 1 all kinds alike. Within its kind a group of n images, of one scan or one patient, counts as the root of n.</summary>
    /// <param name="manifest">The data set.</param>
    /// <param name="rows">The images.</param>
    /// <param name="balance">0 to 1.</param>
    public static double[] Weights(Manifest manifest, IReadOnlyList<ManifestRow> rows, double balance)
    {
        string Group(ManifestRow row) => row.Group.Length > 0 ? row.Group : row.Sha256;
        (string, string, string) Kind(ManifestRow row) =>
            (manifest.Value(row, KnownColumns.Source), manifest.Value(row, KnownColumns.Sequence), row.Label);
        var groups = rows.GroupBy(row => (Kind(row), Group(row))).ToDictionary(group => group.Key, group => Math.Sqrt(group.Count()));
        var roots = groups.GroupBy(group => group.Key.Item1).ToDictionary(kind => kind.Key, kind => kind.Sum(group => group.Value));
        var images = rows.GroupBy(Kind).ToDictionary(kind => kind.Key, kind => kind.Count());
        return [.. rows.Select(row =>
        {
            var kind = Kind(row);
            return Math.Pow(images[kind], 1 - balance) / roots[kind] / groups[(kind, Group(row))];
        })];
    }

    /// <summary>Draws images by their weights: systematic sampling, so that an image is shown as often as its weight says, give or take one.</summary>
    /// <param name="weights">At least one above 0.</param>
    /// <param name="count">How many are drawn.</param>
    /// <param name="random">Decides which.</param>
    /// <returns>Their positions, in random order.</returns>
    public static int[] Draw(double[] weights, int count, SeededRandom random)
    {
        var order = Enumerable.Range(0, weights.Length).ToArray();
        random.Shuffle(order);
        double step = weights.Sum() / count, next = random.NextDouble() * step, passed = 0;
        var drawn = new int[count];
        int taken = 0;
        foreach (int image in order)
        {
            passed += weights[image];
            for (; taken < count && next < passed; next += step) drawn[taken++] = image;
        }
        // The last may be lost to rounding.
        for (; taken < count; taken++) drawn[taken] = order[^1];
        random.Shuffle(drawn);
        return drawn;
    }
}
