using Gyrus.Imaging;

namespace Gyrus.Learning.Trust;

/// <summary>What a label says about an image: <c>mri_tumor</c>, of a type that nobody wrote down, says that it is any MRI
/// tumour.</summary>
internal static class TruthSets
{
    private static readonly int[][] Labels = [.. ScanLabel.All.Select((truth, i) => truth.Name == "mri_tumor"
        ? Enumerable.Range(0, ScanLabel.All.Count).Where(label =>
            ScanLabel.All[label].IsTumour && ScanLabel.All[label].Modality == Modality.Mri).ToArray()
        : [i])];

    /// <summary>The labels that the truth of an image allows.</summary>
    public static IReadOnlyList<int> Of(int truth) => Labels[truth];

    /// <summary>The summed probability of the labels that the truth allows.</summary>
    public static double Probability(ScoredScan scan) => Labels[scan.Truth].Sum(label => (double)scan.Probabilities[label]);
}
