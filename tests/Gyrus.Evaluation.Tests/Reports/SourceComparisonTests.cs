using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Evaluation.Tests.Reports;

public sealed class SourceComparisonTests
{
    private static readonly EvaluationOptions s_options = new() { Bootstrap = new(300) };

    [Fact]
    public void Inflation_is_what_figures_within_have_more_than_figures_across()
    {
        var (within, across) = (Scans(seed: 1, wrong: 0.05), Scans(seed: 2, wrong: 0.4));

        var all = SourceComparison.Of(within, across, scan => scan.Path, s_options).All;

        foreach (var (side, scans) in new[] { (0, within), (1, across) })
        {
            var report = Evaluator.Run(scans, new HashSet<string>(), s_options);
            double?[] wanted = [.. all.Figures.Select(figure => (side == 0 ? figure.Within : figure.Across).Value)];
            Assert.Equal(report.Tumour[BinaryFigures.BalancedAccuracy].Value, wanted[0]);
            Assert.Equal(report.Tumour[BinaryFigures.Sensitivity].Value, wanted[1]);
            Assert.Equal(report.Selective![SelectiveFigures.WrongAt80].Value, all.Figures.Single(figure => figure.Name == "wrongAt80") is var one && side == 0
                ? one.Within.Value : one.Across.Value);
        }
        var told = all.Told!;
        Assert.Equal("balancedAccuracy", told.Name);
        Assert.Equal(told.Within.Value!.Value - told.Across.Value!.Value, told.Inflation.Value!.Value, 1e-12);
        Assert.InRange(told.Inflation.Low!.Value, 0.15, told.Inflation.Value.Value);
        Assert.InRange(told.Inflation.High!.Value, told.Inflation.Value.Value, 0.6);
    }

    [Fact]
    public void Answers_to_one_scan_are_drawn_together_so_that_the_same_answers_differ_by_nothing()
    {
        var scans = Scans(seed: 3, wrong: 0.3);

        var all = SourceComparison.Of(scans, [.. scans.Select(scan => scan with { Fold = 1 })], scan => scan.Path, s_options).All;

        Assert.All(all.Figures.Where(figure => figure.Inflation.Value is not null), figure =>
            Assert.Equal((0, 0, 0), (figure.Inflation.Value, figure.Inflation.Low, figure.Inflation.High)));
    }

    [Fact]
    public void Sources_are_told_each_by_the_figure_that_there_is_the_worst_first()
    {
        ScoredScan[] Of(string source, string label, int seed, double wrong) =>
            [.. Scans(seed, wrong).Where(scan => scan.Labels[scan.Truth].Name == label).Select(scan => scan with { Source = source })];
        ScoredScan[] within = [.. Of("tumours", "mri_glioma", 4, 0), .. Of("healthy", "mri_healthy", 5, 0)];
        ScoredScan[] across = [.. Of("tumours", "mri_glioma", 6, 0.2), .. Of("healthy", "mri_healthy", 7, 0.6), .. Of("new", "mri_glioma", 8, 0)];

        var comparison = SourceComparison.Of(within, across, scan => scan.Path, s_options);

        Assert.Equal(["healthy", "tumours"], comparison.Sources.Select(source => source.Source));
        Assert.Equal(["specificity", "sensitivity"], comparison.Sources.Select(source => source.Told!.Name));
        Assert.Equal("balancedAccuracy", comparison.All.Told!.Name);
    }

    [Fact]
    public void Table_and_json_hold_the_comparison_and_read_back()
    {
        using var folder = new TempFolder();
        var (within, across) = (Scans(seed: 1, wrong: 0.1), Scans(seed: 2, wrong: 0.4));
        var report = Evaluator.Run(across, new HashSet<string>(), s_options) with { AcrossSources = SourceComparison.Of(within, across, scan => scan.Path, s_options) };

        EvaluationFiles.Write(folder.File("e"), report, across, within: within);

        var read = EvaluationJson.Read(folder.File("e/evaluation.json")).AcrossSources!;
        Assert.Equal(report.AcrossSources.All.Figures, read.All.Figures);
        Assert.Equal(report.AcrossSources.Sources[0].Figures, read.Sources[0].Figures);
        var text = File.ReadAllText(folder.File("e/evaluation.txt"));
        Assert.Matches(@"(?m)^within the sources trained on 0\.\d{4} \[.*\], across sources 0\.\d{4} \[.*\]: inflation 0\.\d{4} \[.*\] \(balanced accuracy\)$", text);
        Assert.Contains("within the sources trained on", File.ReadAllText(folder.File("e/risk-coverage.svg")), StringComparison.Ordinal);
    }

    /// <summary>Tumours and healthy scans in turn, with a share of wrong answers.</summary>
    private static ScoredScan[] Scans(int seed, double wrong)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 200).Select(i =>
        {
            bool tumour = i % 2 == 0;
            float right = random.NextDouble() < wrong ? 0.1f + (random.NextSingle() * 0.3f) : 0.6f + (random.NextSingle() * 0.35f);
            float probability = tumour ? right : 1 - right;
            return MadeUpScans.Scan((seed * 1000) + i, tumour ? "mri_glioma" : "mri_healthy", 0, 0, probability, 1 - probability, 0, 0, 0) with { Source = "one" };
        })];
    }
}
