using Gyrus.Data.Pages;
using Gyrus.Evaluation.Answers;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Plots;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Inference;
using static System.FormattableString;

namespace Gyrus.Evaluation.Pages;

/// <summary>An evaluation as a page: one file that needs no other, no network and no script.</summary>
public static class EvaluationPage
{
    private const int MostPictures = 12;

    /// <summary>Writes the page.</summary>
    /// <param name="folder">The folder that it goes into, as <c>index.html</c>.</param>
    /// <param name="model">What was evaluated, as it is named.</param>
    /// <param name="data">What it was evaluated on, as it is named.</param>
    /// <param name="evaluated">The evaluation.</param>
    /// <param name="explainer">Gives the heat maps; null for scans alone.</param>
    /// <param name="progress">Takes the number of pictures drawn.</param>
    /// <param name="cancellation">Ends the work, and leaves no page.</param>
    /// <returns>The file.</returns>
    public static string Write(
        string folder,
        string model,
        string data,
        EvaluatedModel evaluated,
        ScanClassifier? explainer,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(evaluated);
        var path = Path.Combine(folder, "index.html");
        var pictures = new ScanPictures(evaluated.Part, explainer, 2 * MostPictures, progress, cancellation);
        AtomicFile.WriteText(path, Render(model, data, evaluated.Report, evaluated.Scans, pictures, evaluated.Within));
        return path;
    }

    /// <summary>Renders the page.</summary>
    /// <param name="model">What was evaluated, as it is named.</param>
    /// <param name="data">What it was evaluated on, as it is named.</param>
    /// <param name="report">The figures.</param>
    /// <param name="scans">What they were made from.</param>
    /// <param name="pictures">Shows the scans of the galleries.</param>
    /// <param name="within">Scans of sources that were trained on, beside those of sources that were not; null where there is no such difference.</param>
    internal static string Render(
        string model, string data, EvaluationReport report, IReadOnlyList<ScoredScan> scans, ScanPictures pictures, IReadOnlyList<ScoredScan>? within = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(scans);
        ArgumentNullException.ThrowIfNull(pictures);
        var tables = new FigureTables(report);
        return Page.Render(new PageModel(
            "Evaluation",
            Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(model))),
            $"{model} on {data}",
            Summary(report),
            Facts(report),
            [],
            [
                .. report.AcrossSources is { } sources ? [Sources(sources)] : (IEnumerable<PageSection>)[],
                new PageSection("figures", "Figures", [tables.Intervals(), .. report.Notes ?? []]) { Tables = tables.Main() },
                .. report.By is { Count: > 0 } by ? [Groups(by)] : (IEnumerable<PageSection>)[],
                new PageSection("labels", "Labels", "Rows of the matrix are what the data says, columns what the model says.")
                {
                    Charts = [PageChart.OnPaper(ConfusionPlot.Render([.. report.Labels.Select(label => label.Label)], report.Confusion), "Confusion matrix.")],
                    Tables = [tables.Labels()],
                },
                Curves(report, scans, tables, within),
                Gallery("errors", "Worst errors", "Wrong answers, first those that the model was surest of.",
                    NotableScans.WorstErrors(scans, MostPictures), pictures, "No answer was wrong."),
                Gallery("unsure", "Least sure answers", "Answers, right or wrong, whose two most probable labels are nearest to one another.",
                    NotableScans.LeastSure(scans, MostPictures), pictures, ""),
            ],
            [
                "This page holds pictures of the data set, with whatever is written on them: pass it on only where the set itself may go. A heat map says what "
                    + "the network's answer leans on, and not where a finding is.",
                "Made by Gyrus. Research software, not a medical device.",
            ]));
    }

    private static string Summary(EvaluationReport report) => report.IsLeaked
        ? $"Leaked: the model was trained on {report.Leaked.Count:N0} of these {report.Count:N0} scans or on copies of them. The figures flatter and say nothing about new scans."
        : $"None of the {report.Count:N0} scans is known to be among those that the model was trained on.";

    private static List<PageFact> Facts(EvaluationReport report)
    {
        List<PageFact> facts = [new(Invariant($"{report.Count:N0}"), "scans")];
        void Add(FigureSet figures, FigureDefinition definition, string name)
        {
            if (figures[definition].Value is { } value) facts.Add(new PageFact(Invariant($"{value:0.000}"), name));
        }
        if (report.AcrossSources?.All.Told is { } told)
        {
            facts.Add(new PageFact(Invariant($"{told.Across.Value:0.000}"), $"{told.Title} across sources"));
            facts.Add(new PageFact(Invariant($"{told.Within.Value:0.000}"), "within those trained on"));
        }
        Add(report.Overall, OverallFigures.Accuracy, "accuracy");
        Add(report.Tumour, BinaryFigures.Auroc, "AUROC of tumours");
        Add(report.Tumour, BinaryFigures.Sensitivity, "sensitivity");
        Add(report.Tumour, BinaryFigures.Specificity, "specificity");
        if (report.Selective is { } selective)
        {
            Add(selective, SelectiveFigures.Accepted, "accepted");
            Add(selective, SelectiveFigures.WrongAmongAccepted, "wrong among accepted");
        }
        return facts;
    }

    private static PageSection Curves(
        EvaluationReport report, IReadOnlyList<ScoredScan> scans, FigureTables tables, IReadOnlyList<ScoredScan>? within) =>
        new("curves", "Curves and thresholds")
        {
            Charts =
            [
                PageChart.OnPaper(RocPlot.Render(scans), "ROC curves, of each label against the rest."),
                PageChart.OnPaper(PrecisionRecallPlot.Render(scans), "Precision-recall curves; they depend on how many of the scans have the label."),
                .. scans[0].Labels.TellsTumours
                    ? [PageChart.OnPaper(ReliabilityPlot.Render(scans), "How often scans with a probability of a tumour show one.")] : (IEnumerable<PageChart>)[],
                PageChart.OnPaper(
                    RiskCoveragePlot.Render(scans, report.Settings.TumourThreshold, within),
                    "How many of the surest answers are wrong, all together and source by source; a cross is what the model itself accepts."),
            ],
            Tables = BinaryScans.Asked(new EvaluatedScans(scans, new EvaluationOptions()), report.Positive?.Label) is { } binary ? [tables.Thresholds(binary)] : [],
        };

    private static PageSection Sources(SourceComparison sources) => new(
        "sources", "Within and across sources",
        [
            .. sources.All.Told is { } told ? [EvaluationTable.InWords(told) + "."] : (IEnumerable<string>)[],
            "Each source was answered by models that were not trained on it (across), and images of it that were kept from training by models that were "
                + "trained on others of it (within). The difference is what figures of one's own collection promise too much.",
        ])
    {
        Tables = [FigureTables.Sources(sources)],
    };

    private static PageSection Groups(IReadOnlyList<ColumnFigures> by) =>
        new("groups", "Groups", "The figures apart for each value of a column, the worst first and those of few scans last.") { Tables = [.. by.Select(column => FigureTables.Column(column) with { Open = true })] };

    private static PageSection Gallery(
        string id, string title, string text, IReadOnlyList<ScoredScan> scans, ScanPictures pictures, string none) =>
        scans.Count == 0 ? new PageSection(id, title, none) : new PageSection(id, title, text)
        {
            Galleries = [new PageGallery(Title: null, [.. scans.Select(scan => Card(scan, pictures))], More: null)],
        };

    private static PageCard Card(ScoredScan scan, ScanPictures pictures)
    {
        var (picture, heatMap) = pictures.Of(scan);
        var (truth, answer) = (scan.Labels[scan.Truth].Name, scan.Labels[scan.Answer()].Name);
        List<PageShot> shots = [new(Data(picture, "jpeg"), $"{truth}, {scan.Path}", scan.Path, $"data: {truth}", "")];
        if (heatMap is not null) shots.Add(new(Data(heatMap, "png"), $"heat map of {scan.Path}", scan.Path, $"model: {answer}", ""));
        var likely = Enumerable.Range(0, scan.Probabilities.Length).OrderByDescending(label => scan.Probabilities[label]).Take(2)
            .Select(label => Invariant($"{scan.Labels[label].Name} {scan.Probabilities[label]:0.000}"));
        return new PageCard(shots, $"model: {string.Join(", ", likely)}", Pair: shots.Count > 1);
    }

    private static string? Data(byte[]? picture, string kind) =>
        picture is null ? null : $"data:image/{kind};base64,{Convert.ToBase64String(picture)}";
}
