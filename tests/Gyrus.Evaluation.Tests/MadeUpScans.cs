using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;

namespace Gyrus.Evaluation.Tests;

/// <summary>Scans that no model has scored, for tests.</summary>
internal static class MadeUpScans
{
    /// <summary>A scan with a hash of its own.</summary>
    public static ScoredScan Scan(int number, string truth, params float[] probabilities) =>
        new($"scan-{number:0000}.png", number.ToString("x64"), PublishedLabels.Set.IndexOf(truth), probabilities) { Labels = PublishedLabels.Set };

    /// <summary>Scans of all labels from a model that is mostly right.</summary>
    public static ScoredScan[] Many(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int truth = random.Next(7);
            var logits = new double[7];
            for (int label = 0; label < 7; label++) logits[label] = random.NextDouble() * 4;
            logits[truth] += random.NextDouble() * 6;
            double sum = logits.Sum(Math.Exp);
            return Scan(i, PublishedLabels.Set[truth].Name, [.. logits.Select(logit => (float)(Math.Exp(logit) / sum))]);
        })];
    }
}
