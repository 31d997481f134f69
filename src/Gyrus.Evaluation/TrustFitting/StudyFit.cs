using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Models.Trust;

namespace Gyrus.Evaluation.TrustFitting;

/// <summary>
/// Learns what pooled slices say of a series and of a study, on patients whose images a data set names. A patient's images of one sequence and plane are a series. Of a
/// patient with a tumour the slices without one make a series, and a study, without a tumour: so both answers come from the same heads and scanners.
/// </summary>
public static class StudyFit
{
    /// <summary>The series and studies of either answer below which nothing is learnt.</summary>
    public const int Fewest = 10;

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
        foreach (var patient in scans.Where(scan => Value(scan, KnownColumns.Patient).Length > 0)
            .GroupBy(scan => (Value(scan, KnownColumns.Source), Value(scan, KnownColumns.Patient))))
        {
            IReadOnlyList<IReadOnlyList<PlacedAnswer>> Series(IEnumerable<ScoredScan> of) =>
                [.. of.GroupBy(scan => (Value(scan, KnownColumns.Sequence), Value(scan, KnownColumns.Plane)))
                    .Select(IReadOnlyList<PlacedAnswer> (series) => [.. series.Select(scan => PlacedAnswer.Of(null, scan.TumourProbability))])];
            // A series of a patient with a tumour may show none of it in this part: it is left out of those that do.
            var ill = patient.GroupBy(scan => (Value(scan, KnownColumns.Sequence), Value(scan, KnownColumns.Plane)))
                .Where(series => series.Any(scan => scan.IsTumour)).SelectMany(series => series).ToList();
            if (ill.Count > 0) studies.Add((true, Series(ill)));
            if (patient.Any(scan => !scan.IsTumour)) studies.Add((false, Series(patient.Where(scan => !scan.IsTumour))));
        }
        return studies;
    }

    private static PooledTrust? Learn(List<(double Score, bool IsTumour)> pooled)
    {
        int tumours = pooled.Count(one => one.IsTumour), healthy = pooled.Count - tumours;
        if (tumours < Fewest || healthy < Fewest) return null;
        var (slope, intercept) = PlattScale.Fit(pooled);
        return slope > 0 ? new PooledTrust(tumours, healthy, slope, intercept) : null;
    }
}
