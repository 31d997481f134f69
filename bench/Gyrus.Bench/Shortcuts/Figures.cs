using Gyrus.Evaluation.Statistics;
using Gyrus.Inference;

namespace Gyrus.Bench.Shortcuts;

/// <summary>How much of what a model says depends on a change that leaves the head as it is.</summary>
/// <param name="Kind">The change.</param>
/// <param name="Images">Images that were changed.</param>
/// <param name="Trained">How many of them the model was trained on.</param>
/// <param name="SameFraming">How many of them are the same to the bit after <see cref="Gyrus.Imaging.HeadRegion.HeadFraming"/>: a
/// model that sees the head alone cannot answer otherwise for these.</param>
/// <param name="HeadOverlap">The mean overlap of the heads found before and after, 0 to 1.</param>
/// <param name="LeastHeadOverlap">The least.</param>
/// <param name="Decisions">How many are called a tumour before and not after, or the other way round.</param>
/// <param name="ToTumour">How many of these are called a tumour after.</param>
/// <param name="Labels">How many have another most probable label.</param>
/// <param name="MeanChange">The mean of the tumour probability's change, whichever way it goes.</param>
/// <param name="MeanRise">The mean of the change with its sign: above 0 towards tumour.</param>
/// <param name="LargestChange">The largest change, whichever way it goes.</param>
internal sealed record Figures(
    string Kind, int Images, int Trained, int SameFraming, double HeadOverlap, double LeastHeadOverlap,
    int Decisions, int ToTumour, int Labels,
    double MeanChange, double MeanRise, double LargestChange)
{
    /// <summary>The share of decisions that change and its interval of 95 %.</summary>
    public Share DecisionShare => Share.Of(Decisions, Images);

    /// <summary>The share of labels that change, likewise.</summary>
    public Share LabelShare => Share.Of(Labels, Images);

    public static Figures Of(
        string kind, IReadOnlyList<(ChangedScan Scan, ScanResult Before, ScanResult After)> answers,
        IReadOnlySet<string> trained)
    {
        var changes = answers.Select(pair => pair.After.Tumour!.Value - pair.Before.Tumour!.Value).ToList();
        return new Figures(kind, answers.Count,
            answers.Count(pair => trained.Contains(pair.Scan.Sha256)),
            answers.Count(pair => pair.Scan.SameFraming),
            answers.Average(pair => pair.Scan.HeadOverlap), answers.Min(pair => pair.Scan.HeadOverlap),
            answers.Count(pair => pair.Before.IsTumour != pair.After.IsTumour),
            answers.Count(pair => pair.Before.IsTumour == false && pair.After.IsTumour == true),
            answers.Count(pair => pair.Before.Label != pair.After.Label),
            changes.Average(Math.Abs), changes.Average(), changes.Max(Math.Abs));
    }

    internal sealed record Share(double Value, double Low, double High)
    {
        public static Share Of(int part, int all)
        {
            var (low, high) = WilsonInterval.Of((double)part / all, all);
            return new Share((double)part / all, low, high);
        }
    }
}
