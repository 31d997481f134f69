using Gyrus.Imaging.Labels;

namespace Gyrus.Learning.Training;

/// <summary>Sums over the images of one part, from which its figures come.</summary>
/// <param name="LossSum">Sum of the images' losses, each times its weight.</param>
/// <param name="WeightSum">Sum of the images' weights.</param>
/// <param name="Images">Images seen.</param>
/// <param name="Right">Images whose most probable label is the true one.</param>
/// <param name="Tumours">Images of a tumour.</param>
/// <param name="TumoursFound">Those whose most probable label is a tumour's.</param>
internal sealed record PartTally(
    double LossSum, double WeightSum, int Images, int Right, int Tumours, int TumoursFound)
{
    public static PartTally Empty { get; } = new(0, 0, 0, 0, 0, 0);

    public PartFigures Figures => new(
        LossSum / Math.Max(WeightSum, double.Epsilon),
        (double)Right / Math.Max(Images, 1),
        Tumours == 0 ? 1 : (double)TumoursFound / Tumours);

    /// <summary>Adds a batch.</summary>
    /// <param name="meanLoss">The batch's weighted mean loss.</param>
    /// <param name="weight">The sum of its images' weights.</param>
    /// <param name="truth">[N], the true labels.</param>
    /// <param name="predicted">[N], the most probable labels.</param>
    /// <param name="labels">The labels.</param>
    public PartTally Add(double meanLoss, double weight, ReadOnlySpan<long> truth, ReadOnlySpan<long> predicted, LabelSet labels)
    {
        int right = 0, tumours = 0, found = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            if (truth[i] == predicted[i]) right++;
            if (labels[(int)truth[i]].IsTumour != true) continue;
            tumours++;
            if (labels[(int)predicted[i]].IsTumour == true) found++;
        }
        return new PartTally(
            LossSum + (meanLoss * weight), WeightSum + weight, Images + truth.Length, Right + right, Tumours + tumours,
            TumoursFound + found);
    }
}
