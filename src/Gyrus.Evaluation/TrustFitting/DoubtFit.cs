using Gyrus.Evaluation.Scans;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>
/// Learns which answers to leave out since the model is not sure of them: those whose log-odds are nearest to the threshold's, as few as bring wrong
/// answers among the others down to a share (Geifman and El-Yaniv 2017, "Selective Classification for Deep Neural Networks"), and a fifth of all at most.
/// Each source with both answers weighs the same: one with a single answer would say that whoever always gives it is never wrong.
/// </summary>
internal static class DoubtFit
{
    /// <summary>The largest share of images that is left out.</summary>
    private const double MostRefused = 0.2;

    /// <summary>The band.</summary>
    /// <param name="scans">Validation images, calibrated, of labels that tell tumours.</param>
    /// <param name="threshold">The probability from which they are called a tumour.</param>
    /// <param name="wrong">The share of wrong answers that is aimed at, 0 to 1.</param>
    /// <returns>Null where answers are right often enough as they are, or no source has both answers.</returns>
    public static DoubtBand? Of(IReadOnlyList<ScoredScan> scans, double threshold, double wrong)
    {
        if (threshold is not (> 0 and < 1)) return null;
        var sources = scans.GroupBy(scan => scan.Source).Where(source => source.Any(scan => scan.IsTumour) && source.Any(scan => !scan.IsTumour)).ToList();
        if (sources.Count == 0) return null;
        var answers = sources.SelectMany(source => source.Select(scan => scan with { CalledFrom = threshold }).Select(scan => (
                Confidence: ScanDecision.Confidence(scan, threshold),
                IsWrong: ScanDecision.IsWrong(scan, threshold),
                Weight: 1.0 / source.Count() / sources.Count)))
            .OrderBy(answer => answer.Confidence).ToList();
        double before = answers.Where(answer => answer.IsWrong).Sum(answer => answer.Weight), stillWrong = before, refused = 0, width = 0;
        foreach (var answer in answers)
        {
            if (stillWrong <= wrong * (1 - refused) || refused + answer.Weight > MostRefused + 1e-9) break;
            refused += answer.Weight;
            if (answer.IsWrong) stillWrong -= answer.Weight;
            width = answer.Confidence;
        }
        if (refused == 0) return null;
        // A hair wider, so that the last one lies within.
        double middle = ScanDecision.LogOdds(threshold);
        return new DoubtBand(
            Probability(middle - width - 1e-6), Probability(middle + width + 1e-6), refused, before, Math.Max(0, stillWrong) / (1 - refused));
    }

    private static double Probability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
