using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.Reports;

/// <summary>How a package answers series and studies of patients that a data set names (<see cref="StudyFit"/> says what counts as one).</summary>
/// <param name="Series">Series, by what pooling makes of their slices.</param>
/// <param name="Study">Studies.</param>
/// <param name="LargestSlice">Series, by their most probable slice alone from the model's threshold for images on: what pooling is to be better than.</param>
public sealed record StudyReport(PooledFigures Series, PooledFigures Study, PooledFigures LargestSlice)
{
    /// <summary>Measures.</summary>
    /// <param name="part">The data set.</param>
    /// <param name="scans">Images of it, calibrated.</param>
    /// <param name="trust">What was learnt.</param>
    /// <returns>Null where the package learnt nothing of studies, or no patient has a tumour or none is without.</returns>
    public static StudyReport? Of(Manifest part, IReadOnlyList<ScoredScan> scans, TrustSettings trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (trust.Studies is not { } learnt) return null;
        var studies = StudyFit.Studies(part, scans);
        if (studies.All(study => study.IsTumour) || studies.All(study => !study.IsTumour)) return null;
        var series = studies.SelectMany(study => study.Series.Select(slices => (Slices: slices, study.IsTumour))).ToList();
        return new(
            PooledFigures.Of([.. series.Select(one => (learnt.Series.Probability(SeriesPooling.Pool(one.Slices)), one.IsTumour))], PooledTrust.Threshold),
            PooledFigures.Of(
                [.. studies.Select(study => (learnt.Study.Probability(SeriesPooling.LogMean([.. study.Series.Select(slices => learnt.Series.LogOdds(SeriesPooling.Pool(slices)))])), study.IsTumour))],
                PooledTrust.Threshold),
            PooledFigures.Of([.. series.Select(one => (PooledTrust.None.Probability(one.Slices.Max(slice => slice.LogOdds)), one.IsTumour))], trust.Threshold.Threshold));
    }
}

/// <summary>How good answers to series or studies are.</summary>
/// <param name="Tumours">Those with a tumour.</param>
/// <param name="Healthy">Those without one.</param>
/// <param name="Sensitivity">The share of the first that is called so, with Wilson's interval.</param>
/// <param name="Specificity">The share of the second that is not.</param>
/// <param name="Auroc">The area under the ROC curve, 0 to 1.</param>
/// <param name="CalibrationError">The expected calibration error of the probability, 10 bins of equal mass.</param>
public sealed record PooledFigures(int Tumours, int Healthy, Figure Sensitivity, Figure Specificity, double Auroc, double CalibrationError)
{
    private const int Bins = 10;

    internal static PooledFigures Of(IReadOnlyList<(double Probability, bool IsTumour)> answers, double threshold)
    {
        double[] probabilities = [.. answers.Select(answer => answer.Probability)];
        bool[] tumours = [.. answers.Select(answer => answer.IsTumour)];
        return new(
            tumours.Count(tumour => tumour), tumours.Count(tumour => !tumour),
            Share(answers, tumour: true, probability => probability >= threshold), Share(answers, tumour: false, probability => probability < threshold),
            Ranking.Auroc(probabilities, tumours)!.Value, Calibration.ExpectedError(probabilities, tumours, Bins)!.Value);
    }

    private static Figure Share(IReadOnlyList<(double Probability, bool IsTumour)> answers, bool tumour, Func<double, bool> isRight)
    {
        var of = answers.Where(answer => answer.IsTumour == tumour).ToList();
        double share = (double)of.Count(answer => isRight(answer.Probability)) / of.Count;
        var (low, high) = WilsonInterval.Of(share, of.Count);
        return new(share, low, high);
    }
}
