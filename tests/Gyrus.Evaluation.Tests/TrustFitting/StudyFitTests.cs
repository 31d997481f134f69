using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.TrustFitting;
using Gyrus.Imaging.Labels;
using Gyrus.Models.Trust;
using Xunit;

namespace Gyrus.Evaluation.Tests.TrustFitting;

public class StudyFitTests
{
    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(2, -3)]
    public void The_line_that_made_answers_is_found(double slope, double intercept)
    {
        var random = new Random(3);
        var scores = Enumerable.Range(0, 40_000).Select(_ => (10 * random.NextDouble()) - 5).ToList();
        List<(double Score, bool IsTumour)> drawn = [.. scores.Select(score => (score, random.NextDouble() < 1 / (1 + Math.Exp(-((slope * score) + intercept)))))];

        var (found, at) = PlattScale.Fit(drawn);

        Assert.Equal(slope, found, 0.1 * slope);
        // Both answers weigh the same, which moves the line by the logarithm of the ratio of their numbers.
        double ratio = Math.Log((double)drawn.Count(one => !one.IsTumour) / drawn.Count(one => one.IsTumour));
        Assert.Equal(intercept + ratio, at, 0.2);
    }

    [Fact]
    public void Scores_that_part_the_answers_are_not_taken_for_certain()
    {
        var (slope, intercept) = PlattScale.Fit([.. Enumerable.Range(-10, 20).Select(i => (i + 0.5, i >= 0))]);

        Assert.InRange(slope, 0.1, 10);
        Assert.InRange(1 / (1 + Math.Exp(-((slope * 9.5) + intercept))), 0.8, 0.9999);
    }

    [Fact]
    public void Patients_make_series_and_their_slices_without_a_tumour_make_healthy_ones()
    {
        var (manifest, scans) = Patients(2, 1);

        var studies = StudyFit.Studies(manifest, scans);

        // Of each ill patient: a study with a tumour of two series, and one without of the clean slices.
        Assert.Equal([true, false, true, false, false], studies.Select(study => study.IsTumour));
        Assert.All(studies[0].Series, series => Assert.Equal(StudyFit.TumourShare, series.Average(slice => slice.LogOdds > 0 ? 1.0 : 0.0), 1e-9));
        Assert.Equal([1, 1], studies[1].Series.Select(series => series.Count));
    }

    [Fact]
    public void What_is_learnt_parts_patients_and_needs_enough_of_them()
    {
        var (manifest, scans) = Patients(12, 12);

        var trust = StudyFit.Of(manifest, scans)!;

        Assert.Equal((12 * 2, 24 * 2), (trust.Series.Tumours, trust.Series.Healthy));
        Assert.Equal((12, 24), (trust.Study.Tumours, trust.Study.Healthy));
        foreach (var (isTumour, series) in StudyFit.Studies(manifest, scans))
        {
            double odds = SeriesPooling.LogMean([.. series.Select(slices => trust.Series.LogOdds(SeriesPooling.Pool(slices)))]);
            Assert.Equal(isTumour, trust.Study.Probability(odds) >= PooledTrust.Threshold);
        }
        (manifest, scans) = Patients(9, 12);
        Assert.Null(StudyFit.Of(manifest, scans));
    }

    [Fact]
    public void A_report_tells_how_series_and_studies_are_answered_and_what_their_largest_slice_would_say()
    {
        var (manifest, scans) = Patients(12, 12);
        var trust = TrustSettings.None with { Studies = StudyFit.Of(manifest, scans), Threshold = new OperatingPoint(0.1, null, null, null) };

        var report = StudyReport.Of(manifest, scans, trust)!;

        Assert.Equal((24, 48, 1.0, 1.0, 1.0), (report.Series.Tumours, report.Series.Healthy, report.Series.Sensitivity.Value, report.Series.Specificity.Value, report.Series.Auroc));
        Assert.Equal((12, 24, 1.0, 1.0), (report.Study.Tumours, report.Study.Healthy, report.Study.Sensitivity.Value, report.Study.Specificity.Value));
        // Every healthy slice has 0.2, and is above a threshold of 0.1.
        Assert.Equal((1.0, 0.0), (report.LargestSlice.Sensitivity.Value, report.LargestSlice.Specificity.Value));
        Assert.Null(StudyReport.Of(manifest, scans, TrustSettings.None));
        Assert.Null(StudyReport.Of(manifest, [.. scans.Where(scan => !scan.IsTumour)], trust));
    }

    private static (Manifest Manifest, IReadOnlyList<ScoredScan> Scans) Patients(int ill, int healthy)
    {
        List<ManifestRow> rows = [];
        List<ScoredScan> scans = [];
        void Add(string patient, string sequence, int slice, bool isTumour)
        {
            var path = $"{patient}-{sequence}-{slice}.png";
            var label = isTumour ? "mri_glioma" : "mri_healthy";
            rows.Add(new ManifestRow(path, "", label, Split.None, 9, 9, "L", Split.None) { More = new ManifestValues(["lgg", patient, sequence]) });
            var probabilities = new float[7];
            probabilities[PublishedLabels.Set.IndexOf("mri_glioma")] = isTumour ? 0.8f : 0.2f;
            probabilities[PublishedLabels.Set.IndexOf("mri_healthy")] = isTumour ? 0.2f : 0.8f;
            scans.Add(new ScoredScan(path, "", PublishedLabels.Set.IndexOf(label), probabilities) { Labels = PublishedLabels.Set });
        }

        for (int patient = 0; patient < ill + healthy; patient++)
        {
            foreach (var sequence in (string[])["flair", "t1"])
            {
                for (int slice = 0; slice < 3; slice++) Add($"p{patient}", sequence, slice, patient < ill && slice < 2);
            }
        }
        return (new Manifest("/data", rows) { MoreColumns = ["source", "patient", "sequence"] }, scans);
    }
}
