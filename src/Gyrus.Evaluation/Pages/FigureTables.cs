using Gyrus.Data.Pages;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Statistics;
using static System.FormattableString;

namespace Gyrus.Evaluation.Pages;

/// <summary>The tables of an evaluation's page.</summary>
internal sealed class FigureTables(EvaluationReport report)
{
    private const double ThresholdStep = 0.05;

    private static readonly string[] FigureHeader = ["", "value", "interval"];

    /// <summary>How intervals were made, in a sentence.</summary>
    public string Intervals()
    {
        var settings = report.Settings;
        var drawn = settings.Groups == report.Count ? "scans" : Invariant($"{settings.Groups:N0} groups of scans");
        return Invariant($"{report.Count:N0} scans, {report.Distinct:N0} of them distinct. Intervals hold {settings.Level * 100:0.##} %: {settings.Resamples:N0} resamples of {drawn}.");
    }

    /// <summary>Figures over all labels, of tumours, and of the label that was asked for.</summary>
    public IReadOnlyList<PageTable> Main() =>
    [
        Figures("All labels", OverallFigures.All, report.Overall),
        .. report.Tumour[BinaryFigures.Accuracy].Value is null ? []
            : (IEnumerable<PageTable>)[Figures($"Tumour, from a probability of {At} on", BinaryFigures.All, report.Tumour)],
        .. report.Selective is { } selective
            ? (IEnumerable<PageTable>)[Figures("Answers", SelectiveFigures.All.Where(figure => selective[figure].Value is not null), selective)] : [],
        .. report.Lesions is { } lesions ? (IEnumerable<PageTable>)[Figures("Heat maps", LesionFigures.All, lesions)] : [],
        .. report.Positive is { } positive
            ? (IEnumerable<PageTable>)[Figures($"{positive.Label}, from a probability of {At} on", BinaryFigures.All, positive.Figures)] : [],
    ];

    /// <summary>Figures of each label that there is or that was answered.</summary>
    public PageTable Labels() => new(
        "Each label", Numeric: true, ["label", "scans", .. LabelFigures.All.Select(figure => figure.Title)],
        [.. ConfusionMatrix.Met(report.Confusion).Select(i => report.Labels[i]).Select(label => new PageRow(
            label.Label, [Invariant($"{label.Count:N0}"), .. LabelFigures.All.Select(figure => Cell(label.Figures[figure]))]))]);

    /// <summary>Figures of each value of a column.</summary>
    public static PageTable Column(ColumnFigures column) => new(
        $"By {column.Column}", Numeric: true, [column.Column, "scans", .. column.Shown.Select(figure => figure.ColumnTitle)],
        [.. column.Values.Select(value => new PageRow(
            value.Value.Length == 0 ? "(none)" : value.Value,
            [
                Invariant($"{value.Count:N0}{(value.IsFew ? "*" : "")}"),
                .. column.Shown.Select(figure => Cell(value.Figures[figure.ColumnName!])),
            ]))])
    {
        More = column.Values.Any(value => value.IsFew) ? "* " + ValueResult.FewNote : null,
    };

    /// <summary>Figures within and across sources: all of them together, and of each source the one that tells most.</summary>
    public static PageTable Sources(SourceComparison sources) => new(
        "Within and across sources", Numeric: true, ["source", "figure", "within", "across", "inflation"],
        [
            .. sources.All.Figures.Where(figure => figure.Inflation.Value is not null).Select(figure => SourceRow("all together", figure)),
            .. sources.Sources.Where(source => source.Told is not null).Select(source => SourceRow(source.Source.Length == 0 ? "(none)" : source.Source, source.Told!)),
        ])
    {
        Open = true,
    };

    private static PageRow SourceRow(string source, FigureDifference figure) =>
        new(source, [figure.Title, Cell(figure.Within), Cell(figure.Across), Cell(figure.Inflation)]);

    /// <summary>What thresholds would do.</summary>
    public PageTable Thresholds(BinaryScans scans)
    {
        var steps = Enumerable.Range(1, 19).Select(i => i * ThresholdStep).Append(report.Settings.TumourThreshold).Distinct().Order();
        return new PageTable(
            "Thresholds", Numeric: true,
            ["from", "sensitivity", "specificity", "positive predictive value", "negative predictive value", "found", "missed", "rightly cleared", "false alarms"],
            [.. steps.Select(step => (Step: step, Counts: BinaryCounts.At(scans.Scores, scans.Positives, step))).Select(row => new PageRow(
                Invariant($"{row.Step:0.####}"),
                [
                    Share(row.Counts.Sensitivity), Share(row.Counts.Specificity), Share(row.Counts.PositivePredictiveValue),
                    Share(row.Counts.NegativePredictiveValue), Invariant($"{row.Counts.TruePositive}"), Invariant($"{row.Counts.FalseNegative}"),
                    Invariant($"{row.Counts.TrueNegative}"), Invariant($"{row.Counts.FalsePositive}"),
                ]))]);
    }

    private string At => Invariant($"{report.Settings.TumourThreshold:0.####}");

    private PageTable Figures(string caption, IEnumerable<FigureDefinition> definitions, FigureSet figures) => new(
        caption, Numeric: true, FigureHeader,
        [.. definitions.Select(definition => (definition, figures[definition])).Select(pair => new PageRow(
            pair.definition.TitleWith(report.Settings), [Share(pair.Item2.Value), Interval(pair.Item2)]))])
    {
        Open = true,
    };

    private static string Cell(Figure figure) => figure.Value is null ? "-" : $"{Share(figure.Value)} {Interval(figure)}";

    private static string Interval(Figure figure) =>
        figure is { Low: { } low, High: { } high } ? Invariant($"{low:0.000} to {high:0.000}") : "";

    private static string Share(double? value) => value is { } share ? Invariant($"{share:0.000}") : "-";
}
