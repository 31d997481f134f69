using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Tests;
using Gyrus.Learning.Runs;
using Xunit;

namespace Gyrus.Learning.Tests.Runs;

public class RunCardTests
{
    private static readonly ScoredScan[] s_scans = MadeUpScans.Many(40, seed: 2);
    private static readonly EvaluationOptions s_options = new() { Bootstrap = new(50), Groups = [.. s_scans.Select((_, i) => i / 2)] };
    private static readonly EvaluationReport s_report = Evaluator.Run(s_scans, new HashSet<string>(), s_options);

    [Fact]
    public void Facts_hold_what_the_evaluation_says_of_trust()
    {
        var trust = new TrustReport(40, 0.2, 0.1, 0.9, 0.8, 0.7, 0.95, 1.25, 0.05, [new("ct_healthy", 6, 0.5), new("ct_tumor", 0, null)]);

        var facts = RunCard.Facts(Options(s_report with { Trust = trust }), "From somewhere.");

        Assert.Equal(
            [
                ("tumour: expected calibration error before calibration", 0.2),
                ("tumour: expected calibration error after it", 0.1),
                ("tumour: sensitivity at the chosen threshold", 0.9),
                ("tumour: specificity at the chosen threshold", 0.8),
                ("coverage of sets, all labels", 0.95),
                ("`ct_healthy`: coverage (6 images)", 0.5),
                ("labels in a set, mean", 1.25),
            ],
            facts.Trust.Select(figure => (figure.Name, figure.Value)));
        Assert.Contains("20 groups of images", facts.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_hold_the_figures_by_column()
    {
        string[] planes = [.. s_scans.Select((_, i) => i % 2 == 0 ? "axial" : "")];
        var by = ColumnFigures.Of("plane", s_scans, planes, s_options);

        var column = Assert.Single(RunCard.Facts(Options(s_report with { By = [by] }), "From somewhere.").By);

        Assert.Equal("plane", column.Column);
        Assert.Equal([("", 20), ("axial", 20)], column.Values.Select(value => (value.Value, value.Count)));
        var auroc = column.Values[1].Figures.Single(figure => figure.Name == "tumour: AUROC");
        Assert.Equal((by.Values[1].Figures["tumourAuroc"].Value, by.Values[1].Figures["tumourAuroc"].Low), (auroc.Value, auroc.Low));
    }

    [Fact]
    public void Measured_figures_for_programs_begin_with_those_across_sources()
    {
        ScoredScan[] home = [.. s_scans.Select(scan => scan with { Source = "lgg" })];
        var comparison = SourceComparison.Of(home, home, scan => scan.Path, s_options);

        var figures = RunCard.Measured(Options(s_report) with { Across = s_report with { AcrossSources = comparison } })!;

        int across = figures.TakeWhile(figure => figure.AcrossSources).Count();
        Assert.InRange(across, 2, figures.Count - 2);
        Assert.DoesNotContain(figures.Skip(across), figure => figure.AcrossSources);
        Assert.Contains(figures.Take(across), figure => figure.Name == "lgg, left out: balanced accuracy" && figure.Images == 40);
        var auroc = figures.Single(figure => figure.Name == "tumour: AUROC");
        Assert.Equal((s_report.Tumour["auroc"].Value, s_report.Tumour["auroc"].Low, 40), (auroc.Value, auroc.Low, auroc.Images));
        Assert.Null(RunCard.Measured(Options(s_report) with { Evaluation = null }));
    }

    [Fact]
    public void Figures_across_sources_lead_those_of_the_data_that_the_model_is_of()
    {
        ScoredScan[] home = [.. s_scans.Select(scan => scan with { Source = "lgg" })];
        var comparison = SourceComparison.Of(home, home, scan => scan.Path, s_options);

        var facts = RunCard.Facts(Options(s_report) with { Across = s_report with { AcrossSources = comparison } }, "From somewhere.");

        Assert.Equal(
            ("across sources: balanced accuracy (40 images)", comparison.All.Told!.Across.Value), (facts.Figures[0].Name, facts.Figures[0].Value));
        Assert.Contains(facts.Figures, figure => figure is { Name: "inflation of balanced accuracy: within less across", Value: 0 });
        Assert.Contains(facts.Figures, figure => figure.Name == "`lgg`, left out: balanced accuracy (40 images)");
        Assert.True(facts.Figures.ToList().FindIndex(figure => figure.Name == "accuracy, all labels") > 0);
        Assert.StartsWith("Figures across sources are of runs", facts.Notes[0], StringComparison.Ordinal);
        Assert.DoesNotContain(RunCard.Facts(Options(s_report), "From somewhere.").Figures, figure => figure.Name.Contains("sources", StringComparison.Ordinal));
    }

    [Fact]
    public void Facts_without_an_evaluation_hold_no_figures()
    {
        var facts = RunCard.Facts(Options(null), "From somewhere.");

        Assert.Empty(facts.Figures);
        Assert.Empty(facts.Trust);
        Assert.Empty(facts.By);
    }

    private static ExportOptions Options(EvaluationReport? report) => new("m", "1.0.0", "Data.", "MIT", false, report, null);
}
