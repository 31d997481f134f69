using System.Xml.Linq;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Plots;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Imaging.Labels;
using Xunit;

namespace Gyrus.Evaluation.Tests.Plots;

public class PlotTests
{
    private static readonly ScoredScan[] s_scans = MadeUpScans.Many(200, seed: 6);

    public static TheoryData<string> All => new(Plots().Keys);

    [Theory]
    [MemberData(nameof(All))]
    public void Plot_is_well_formed_finite_and_the_same_each_time(string name)
    {
        string svg = Plots()[name];
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("-0.0<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', svg);
        Assert.Equal(svg, Plots()[name]);
    }

    [Fact]
    public void Risk_coverage_has_a_curve_for_all_and_for_each_source_with_its_area()
    {
        ScoredScan[] scans = [.. s_scans.Select((scan, i) => scan with { Source = i % 2 == 0 ? "north" : "south", Accepted = i % 5 > 0 })];

        string[] texts = Texts(RiskCoveragePlot.Render(scans, 0.5));
        string[] both = Texts(RiskCoveragePlot.Render(scans, 0.5, within: s_scans));

        var area = Evaluator.Run(scans, new HashSet<string>()).Selective![SelectiveFigures.RiskCoverageArea].Value;
        Assert.Contains(FormattableString.Invariant($"{area:0.0000}  all"), texts);
        Assert.Single(texts, text => text.EndsWith("  north", StringComparison.Ordinal));
        Assert.Single(texts, text => text.EndsWith("  south", StringComparison.Ordinal));
        Assert.Contains(FormattableString.Invariant($"{area:0.0000}  within the sources trained on"), both);
        Assert.Contains(FormattableString.Invariant($"{area:0.0000}  across sources"), both);
    }

    [Fact]
    public void Roc_plot_names_each_curve_with_its_area()
    {
        var report = Evaluator.Run(s_scans, new HashSet<string>());
        string[] texts = Texts(RocPlot.Render(s_scans));
        foreach (var label in report.Labels)
        {
            Assert.Contains(FormattableString.Invariant($"{label.Figures[LabelFigures.Auroc].Value:0.0000}  {label.Label}"), texts);
        }
        Assert.Contains(FormattableString.Invariant($"{report.Tumour[BinaryFigures.Auroc].Value:0.0000}  any tumour"), texts);
    }

    [Fact]
    public void Roc_plot_lists_no_curve_that_the_data_does_not_have() =>
        Assert.Equal(0, Texts(RocPlot.Render([.. s_scans.Where(scan => scan.Truth == 0)])).Count(text => text.StartsWith("-  ", StringComparison.Ordinal)));

    [Fact]
    public void Precision_recall_plot_names_each_curve_with_its_average_precision()
    {
        var report = Evaluator.Run(s_scans, new HashSet<string>());
        string[] texts = Texts(PrecisionRecallPlot.Render(s_scans));
        Assert.Contains(FormattableString.Invariant($"{report.Tumour[BinaryFigures.AveragePrecision].Value:0.0000}  any tumour"), texts);
        Assert.All(report.Labels, label => Assert.Contains(texts, text => text.EndsWith("  " + label.Label, StringComparison.Ordinal)));
        Assert.DoesNotContain(Texts(PrecisionRecallPlot.Render([.. s_scans.Where(scan => scan.Truth == 0)])), text => text.EndsWith("any tumour", StringComparison.Ordinal));
    }

    [Fact]
    public void Confusion_plot_shows_counts_and_shares_of_rows()
    {
        string[] texts = Texts(ConfusionPlot.Render(["healthy", "tumour"], [[3, 1], [0, 1200]]));
        string[] wanted =
            ["healthy", "tumour", "3", "75.0 %", "25.0 %", "0", "1,200", "100.0 %", "4 scans", "1,200 scans"];
        Assert.All(wanted, text => Assert.Contains(text, texts));
    }

    [Fact]
    public void Confusion_plot_of_a_label_without_scans_shows_no_share() =>
        Assert.DoesNotContain(Texts(ConfusionPlot.Render(["a"], [[0]])), text => text.EndsWith('%'));

    [Fact]
    public void Reliability_plot_shows_the_calibration_error_of_the_report()
    {
        var error = Evaluator.Run(s_scans, new HashSet<string>()).Tumour[BinaryFigures.CalibrationError].Value;
        Assert.Contains(
            FormattableString.Invariant($"calibration error (ECE) {error:0.0000}, 200 scans"),
            Texts(ReliabilityPlot.Render(s_scans)));
    }

    private static Dictionary<string, string> Plots() => new()
    {
        ["roc"] = RocPlot.Render(s_scans),
        ["roc without scans"] = RocPlot.Render([]),
        ["precision-recall"] = PrecisionRecallPlot.Render(s_scans),
        ["precision-recall without scans"] = PrecisionRecallPlot.Render([]),
        ["confusion"] = ConfusionPlot.Render(
            [.. PublishedLabels.Set.All.Select(label => label.Name)],
            [.. Enumerable.Range(1, 7).Select(row => (int[])[row, 0, 900, row * row, 0, 1, 0])]),
        ["reliability"] = ReliabilityPlot.Render(s_scans),
        ["reliability without scans"] = ReliabilityPlot.Render([]),
    };

    private static string[] Texts(string svg) => [.. Elements(svg, "text").Select(element => element.Value)];

    private static IEnumerable<XElement> Elements(string svg, string name) =>
        XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == name);
}
