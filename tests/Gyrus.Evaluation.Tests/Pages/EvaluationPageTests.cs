using System.Text.RegularExpressions;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Pages;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Xunit;

namespace Gyrus.Evaluation.Tests.Pages;

public sealed partial class EvaluationPageTests
{
    private static readonly ScoredScan[] s_scans = MadeUpScans.Many(60, seed: 8);
    private static readonly EvaluationOptions s_options = new() { Bootstrap = new(100) };

    private static readonly Manifest s_manifest = new("/nowhere", [.. s_scans.Select(scan => new ManifestRow(
        scan.Path, scan.Sha256, scan.Labels[scan.Truth].Name, Split.None, 9, 9, "L", Split.None))]);

    [Fact]
    public void Page_holds_every_figure_with_its_interval_and_a_row_for_each_label()
    {
        var report = Evaluator.Run(s_scans, new HashSet<string>(), s_options);

        var page = Render(report);

        foreach (var definition in OverallFigures.All.Concat<FigureDefinition>(BinaryFigures.All))
            Assert.Contains($"<th scope=\"row\">{definition.TitleWith(report.Settings)}</th>", page, StringComparison.Ordinal);
        var auroc = report.Tumour[BinaryFigures.Auroc];
        Assert.Contains(FormattableString.Invariant($"<td>{auroc.Value:0.000}</td><td>{auroc.Low:0.000} to {auroc.High:0.000}</td>"), page, StringComparison.Ordinal);
        foreach (var label in report.Labels) Assert.Contains($"<th scope=\"row\">{label.Label}</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_of_scans_that_the_model_knows_begins_with_it()
    {
        var page = Render(Evaluator.Run(s_scans, s_scans.Take(3).Select(scan => scan.Sha256).ToHashSet(), s_options));

        Assert.Contains("Leaked: the model was trained on 3 of these 60 scans", Summary().Match(page).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_shows_the_worst_errors_and_the_least_sure_answers_and_says_where_a_file_is_gone()
    {
        var page = Render(Evaluator.Run(s_scans, new HashSet<string>(), s_options));

        foreach (var scan in NotableScans.WorstErrors(s_scans, 12)) Assert.Contains(scan.Path, Section(page, "errors"), StringComparison.Ordinal);
        foreach (var scan in NotableScans.LeastSure(s_scans, 12)) Assert.Contains(scan.Path, Section(page, "unsure"), StringComparison.Ordinal);
        Assert.Contains("The file is gone.", Section(page, "unsure"), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_loads_nothing_and_runs_nothing()
    {
        var page = Render(Evaluator.Run(s_scans, new HashSet<string>(), s_options));

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.All(Source().Matches(page), match => Assert.StartsWith("src=\"data:image/", match.Value, StringComparison.Ordinal));
    }

    private static string Render(EvaluationReport report) =>
        EvaluationPage.Render("models/<mine>", "set.csv", report, s_scans, new ScanPictures(s_manifest, classifier: null, most: 24, progress: null, CancellationToken.None));

    private static string Section(string page, string id)
    {
        int from = page.IndexOf($"<section id=\"{id}\">", StringComparison.Ordinal);
        return page[from..page.IndexOf("</section>", from, StringComparison.Ordinal)];
    }

    [GeneratedRegex("<p class=\"summary\">.*?</p>", RegexOptions.Singleline)]
    private static partial Regex Summary();

    [GeneratedRegex("src=\"[^\"]{0,12}")]
    private static partial Regex Source();
}
