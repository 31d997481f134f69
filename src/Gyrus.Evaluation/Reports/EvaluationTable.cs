using System.Globalization;
using System.Text;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Statistics;
using static System.FormattableString;

namespace Gyrus.Evaluation.Reports;

/// <summary>An evaluation for people, in plain text.</summary>
public static class EvaluationTable
{
    private const int LeakedPathsShown = 10;

    /// <summary>Renders a report as aligned columns; a figure that is not defined is a dash. Ends with a line
    /// feed.</summary>
    public static string Render(EvaluationReport report)
    {
        var text = new StringBuilder();
        var shown = ConfusionMatrix.Met(report.Confusion);
        Line(text, Invariant($"{report.Count:N0} scans, {report.Distinct:N0} distinct"));
        Line(text, Intervals(report.Count, report.Settings));
        foreach (var note in report.Notes ?? []) Line(text, "note: " + note);
        if (report.IsLeaked) Leaked(text, report.Count, report.Leaked);
        if (report.AcrossSources is { } sources) Sources(text, sources);

        Line(text, "");
        Columns(text, leftAligned: 2,
        [
            ["all labels", ""],
            .. Rows(OverallFigures.All, report.Overall, report.Settings),
            .. report.Tumour[BinaryFigures.Accuracy].Value is null ? [] : BinaryRows("tumour", report.Tumour, report.Settings),
            .. report.Positive is { } positive ? BinaryRows(positive.Label, positive.Figures, report.Settings) : [],
            .. report.Selective is { } selective ? SelectiveRows(selective, report.Settings) : [],
            .. report.Lesions is { } lesions ? [["", ""], ["heat maps", ""], .. Rows(LesionFigures.All, lesions, report.Settings)] : (string[][])[],
            .. report.Trust is { } trust ? TrustRows(trust) : [],
        ]);

        if (report.Trust is { } learnt) Learnt(text, learnt, report.Settings);
        if (report.Studies is { } studies) Studies(text, studies);

        Line(text, "");
        Columns(text, leftAligned: 1,
        [
            ["label", "scans", .. LabelFigures.All.Select(definition => definition.Title)],
            .. shown.Select(i => report.Labels[i]).Select(label => (string[])
                [label.Label, Integer(label.Count), .. LabelFigures.All.Select(definition => Cell(label.Figures[definition]))]),
        ]);

        Line(text, "");
        Columns(text, leftAligned: 1,
        [
            ["truth \\ answer", .. shown.Select(i => report.Labels[i].Label)],
            .. shown.Where(i => report.Labels[i].Count > 0).Select(row => (string[])
                [report.Labels[row].Label, .. shown.Select(column => Integer(report.Confusion[row][column]))]),
        ]);
        foreach (var column in report.By ?? []) By(text, column);
        return text.ToString();
    }

    private static string Intervals(int scans, EvaluationSettings settings)
    {
        string drawn = settings.Groups == scans ? "scans" : Invariant($"{settings.Groups:N0} groups of scans");
        return Invariant($"intervals: {settings.Level * 100:0.##} %, {settings.Resamples:N0} resamples of {drawn}");
    }

    private static void Leaked(StringBuilder text, int scans, LeakedScans leaked)
    {
        Line(text, "");
        Line(text, Invariant($"LEAKED: the model was trained on {leaked.Count:N0} of these {scans:N0} scans ")
            + "or on copies of them. The figures flatter and say nothing about new scans.");
        foreach (string path in leaked.Paths.Take(LeakedPathsShown)) Line(text, "  " + path);
        int more = leaked.Count - LeakedPathsShown;
        if (more > 0) Line(text, Invariant($"  and {more:N0} more"));
    }

    private static void Sources(StringBuilder text, SourceComparison sources)
    {
        Line(text, "");
        if (sources.All.Told is { } told) Line(text, InWords(told));
        Line(text, "");
        Columns(text, leftAligned: 2,
        [
            ["source", "figure", "within", "across", "inflation"],
            .. sources.All.Figures.Where(figure => figure.Inflation.Value is not null).Select(figure => SourceRow("(all)", figure)),
            .. sources.Sources.Where(source => source.Told is not null).Select(source => SourceRow(source.Source.Length == 0 ? "(none)" : source.Source, source.Told!)),
        ]);
    }

    /// <summary>A figure within and across sources, as a line.</summary>
    internal static string InWords(FigureDifference told) =>
        $"within the sources trained on {Cell(told.Within)}, across sources {Cell(told.Across)}: inflation {Cell(told.Inflation)} ({told.Title})";

    private static string[] SourceRow(string source, FigureDifference figure) =>
        [source, figure.Title, Cell(figure.Within), Cell(figure.Across), Cell(figure.Inflation)];

    private static void By(StringBuilder text, ColumnFigures column)
    {
        var shown = column.Shown;
        Line(text, "");
        Columns(text, leftAligned: 1,
        [
            ["by " + column.Column, "scans", .. shown.Select(definition => definition.ColumnTitle)],
            .. column.Values.Select(value => (string[])
            [
                value.Value.Length == 0 ? "(none)" : value.Value,
                Integer(value.Count) + (value.IsFew ? "*" : ""),
                .. shown.Select(definition => ShortCell(value.Figures[definition.ColumnName!])),
            ]),
        ]);
        if (column.Values.Any(value => value.IsFew)) Line(text, "* " + ValueResult.FewNote);
    }

    private static IEnumerable<string[]> BinaryRows(string kind, FigureSet figures, EvaluationSettings settings) =>
    [
        ["", ""],
        [Invariant($"{kind} (at {settings.TumourThreshold:0.####})"), ""],
        .. Rows(BinaryFigures.All, figures, settings),
    ];

    private static IEnumerable<string[]> SelectiveRows(FigureSet figures, EvaluationSettings settings) =>
        [["", ""], ["answers", ""], .. Rows(SelectiveFigures.All.Where(definition => figures[definition].Value is not null), figures, settings)];

    private static IEnumerable<string[]> Rows(IEnumerable<FigureDefinition> definitions, FigureSet figures, EvaluationSettings settings) =>
        definitions.Select(definition => (string[])[definition.TitleWith(settings), Cell(figures[definition])]);

    private static IEnumerable<string[]> TrustRows(TrustReport trust) =>
    [
        ["", ""],
        ["learnt on validation", ""],
        ["tumour from", trust.Threshold is null ? "each fold's own" : Share(trust.Threshold)],
        ["calibration error before", Invariant($"{trust.CalibrationErrorBefore:0.0000}")],
        ["calibration error after", Invariant($"{trust.CalibrationErrorAfter:0.0000}")],
        ["sensitivity from there on", Share(trust.Sensitivity)],
        ["specificity from there on", Share(trust.Specificity)],
        [Invariant($"sensitivity at {TrustReport.FixedSpecificity} specificity"), Share(trust.SensitivityAtSpecificity)],
        ["labels in a set", trust.SetSize is null ? "no sets" : Invariant($"{trust.SetSize:0.000}, empty {trust.EmptySets:0.0000}")],
        ["coverage of sets", Share(trust.Coverage)],
        .. trust.Labels.Where(label => label.Coverage is not null)
            .Select(label => (string[])[Invariant($"  {label.Label}"), Share(label.Coverage)]),
    ];

    // Two thresholds stand in the table: a reader has to know which one the model answers with.
    private static void Learnt(StringBuilder text, TrustReport trust, EvaluationSettings settings)
    {
        if (trust.Threshold is { } threshold && Math.Abs(threshold - settings.TumourThreshold) > 5e-5)
        {
            Line(text, Invariant($"note: The model itself calls a tumour from {threshold:0.0000} on, chosen on validation; the figures under ")
                + Invariant($"\"tumour\" are at {settings.TumourThreshold:0.####}, as was asked for."));
        }
        foreach (var note in trust.Notes ?? []) Line(text, "note: " + note);
    }

    private static void Studies(StringBuilder text, StudyReport studies)
    {
        Line(text, "");
        Columns(text, leftAligned: 1,
        [
            ["of patients", "with a tumour", "without", "sensitivity", "specificity", "AUROC", "calibration error"],
            Row("series", studies.Series),
            Row("studies", studies.Study),
            Row("series, by their largest slice", studies.LargestSlice),
        ]);
    }

    private static string[] Row(string name, PooledFigures figures) =>
    [
        name, Integer(figures.Tumours), Integer(figures.Healthy), ShortCell(figures.Sensitivity), ShortCell(figures.Specificity),
        Invariant($"{figures.Auroc:0.000}"), Invariant($"{figures.CalibrationError:0.000}"),
    ];

    private static string Share(double? share) => share is { } value ? Invariant($"{value:0.0000}") : "-";

    private static string Cell(Figure figure) => (figure.Value, figure.Low, figure.High) switch
    {
        (null, _, _) => "-",
        ({ } value, { } low, { } high) => Invariant($"{value:0.0000} [{low:0.0000}, {high:0.0000}]"),
        ({ } value, _, _) => Invariant($"{value:0.0000}"),
    };

    // Many stand in a row.
    private static string ShortCell(Figure figure) => figure switch
    {
        { Value: null } => "-",
        { Low: { } low, High: { } high } => Invariant($"{figure.Value:0.000} [{low:0.000}, {high:0.000}]"),
        _ => Invariant($"{figure.Value:0.000}"),
    };

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Columns(StringBuilder text, int leftAligned, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) =>
                column < leftAligned ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            Line(text, string.Join("  ", cells).TrimEnd());
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
