using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>
/// Learns what pooled slices say of a series and of a study, on patients whose images a data set names. A patient's images of one sequence and plane are a series. Of a
/// patient with a tumour the slices without one make a series, and a study, without a tumour: so both answers come from the same heads and scanners. Data sets hold more
/// slices with a tumour than a scanner's series does: of a series with one they are brought to the share that they have in whole heads
/// (<see cref="TumourShare"/>), the rest being its own slices without one, or where it has none what such slices are in the median.
/// </summary>
public static class StudyFit
{
    /// <summary>The series and studies of either answer below which nothing is learnt.</summary>
    public const int Fewest = 10;

    /// <summary>The share of a whole series' slices that show a tumour: 1,373 of 3,929 slices of 110 people with low-grade gliomas (Buda et al. 2019, "Association of genomic
    /// subtypes of lower-grade gliomas with shape features automatically extracted by a deep learning algorithm").</summary>
    public const double TumourShare = 0.35;

    private const int WholeSeries = 20;

    /// <summary>What is learnt.</summary>
    /// <param name="part">The data set, with its column of patients.</param>
    /// <param name="scans">Images of it, calibrated, of labels that tell tumours.</param>
    /// <returns>Null where too few patients are named, or slices say nothing of them.</returns>
    public static StudyTrust? Of(Manifest part, IReadOnlyList<ScoredScan> scans)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(scans);
        var studies = Studies(part, scans);
        var all = studies.SelectMany(study => study.Series.Select(series => (SeriesPooling.Pool(series), study.IsTumour))).ToList();
        if (Learn(all) is not { } series) return null;
        var pooled = studies.Select(study => (SeriesPooling.LogMean([.. study.Series.Select(slices => series.LogOdds(SeriesPooling.Pool(slices)))]), study.IsTumour)).ToList();
        return Learn(pooled) is { } whole ? new StudyTrust(series, whole) : null;
    }

    /// <summary>The studies that images make.</summary>
    internal static IReadOnlyList<(bool IsTumour, IReadOnlyList<IReadOnlyList<PlacedAnswer>> Series)> Studies(Manifest part, IReadOnlyList<ScoredScan> scans)
    {
        var rows = part.Rows.ToDictionary(row => row.Path);
        string Value(ScoredScan scan, string column) => part.Value(rows[scan.Path], column);
        List<(bool, IReadOnlyList<IReadOnlyList<PlacedAnswer>>)> studies = [];
        double[] clean = [.. scans.Where(scan => !scan.IsTumour).Select(scan => scan.TumourProbability).Order()];
        if (clean.Length == 0) return [];
        double usual = clean[clean.Length / 2];
        foreach (var patient in scans.Where(scan => Value(scan, KnownColumns.Patient).Length > 0)
            .GroupBy(scan => (Value(scan, KnownColumns.Source), Value(scan, KnownColumns.Patient))))
        {
            IReadOnlyList<IReadOnlyList<PlacedAnswer>> Series(IEnumerable<ScoredScan> of) =>
                [.. of.GroupBy(scan => (Value(scan, KnownColumns.Sequence), Value(scan, KnownColumns.Plane))).Select(series => Whole([.. series], usual))];
            // A series of a patient with a tumour may show none of it in this part: it is left out of those that do.
            var ill = patient.GroupBy(scan => (Value(scan, KnownColumns.Sequence), Value(scan, KnownColumns.Plane)))
                .Where(series => series.Any(scan => scan.IsTumour)).SelectMany(series => series).ToList();
            if (ill.Count > 0) studies.Add((true, Series(ill)));
            if (patient.Any(scan => !scan.IsTumour)) studies.Add((false, Series(patient.Where(scan => !scan.IsTumour))));
        }
        return studies;
    }

    private static IReadOnlyList<PlacedAnswer> Whole(IReadOnlyList<ScoredScan> series, double usual)
    {
        double[] with = [.. series.Where(scan => scan.IsTumour).Select(scan => scan.TumourProbability)];
        double[] without = [.. series.Where(scan => !scan.IsTumour).Select(scan => scan.TumourProbability)];
        if (with.Length == 0) return [.. without.Select(probability => PlacedAnswer.Of(null, probability))];
        if (without.Length == 0) without = [usual];
        int tumours = (int)(TumourShare * WholeSeries);
        return [.. Enumerable.Range(0, WholeSeries).Select(i => PlacedAnswer.Of(null, i < tumours ? with[i % with.Length] : without[i % without.Length]))];
    }

    private static PooledTrust? Learn(List<(double Score, bool IsTumour)> pooled)
    {
        int tumours = pooled.Count(one => one.IsTumour), healthy = pooled.Count - tumours;
        if (tumours < Fewest || healthy < Fewest) return null;
        var (slope, intercept) = PlattScale.Fit(pooled);
        return slope > 0 ? new PooledTrust(tumours, healthy, slope, intercept) : null;
    }
}
