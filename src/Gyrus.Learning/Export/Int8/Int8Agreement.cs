using Gyrus.Imaging.Labels;

namespace Gyrus.Learning.Export.Int8;

/// <summary>How far a network in eight bits answers as the one in float32 does.</summary>
/// <param name="Images">The images that both were asked about.</param>
/// <param name="Label">The share of them that both give the same most probable label, 0 to 1.</param>
/// <param name="MeanDifference">The mean absolute difference of the probability of a tumour.</param>
/// <param name="LargestDifference">The largest absolute difference of the probability of a tumour; NaN where either gave
/// one.</param>
public sealed record Int8Agreement(int Images, double Label, double MeanDifference, double LargestDifference)
{
    /// <summary>The least share of equal labels with which a network in eight bits may be used.</summary>
    public const double LeastLabel = 0.95;

    /// <summary>Compares answers.</summary>
    /// <param name="expected">Probabilities of the network in float32, each [7].</param>
    /// <param name="actual">Probabilities of the network in eight bits, for the same images.</param>
    /// <exception cref="ArgumentException">There are none, or not as many of one as of the other.</exception>
    /// <param name="labels">The labels.</param>
    public static Int8Agreement Of(IReadOnlyList<float[]> expected, IReadOnlyList<float[]> actual, LabelSet labels)
    {
        if (expected.Count == 0 || expected.Count != actual.Count)
            throw new ArgumentException($"{expected.Count} answers and {actual.Count}", nameof(actual));
        int equal = 0;
        double sum = 0;
        double largest = 0;
        foreach (var (first, second) in expected.Zip(actual))
        {
            if (Best(first) == Best(second)) equal++;
            var difference = Math.Abs(
                (double)labels.TumourProbability(first) - labels.TumourProbability(second));
            sum += difference;
            largest = Math.Max(largest, difference);
        }
        return new Int8Agreement(expected.Count, (double)equal / expected.Count, sum / expected.Count, largest);
    }

    private static int Best(float[] probabilities) => Array.IndexOf(probabilities, probabilities.Max());
}
