using System.Globalization;
using System.Text;
using Gyrus.Evaluation.Statistics;
using static System.FormattableString;

namespace Gyrus.Learning.Comparison;

/// <summary>A comparison for people, in plain text.</summary>
public static class ComparisonTable
{
    private const int WidestCell = 40;
    private const int HashDigits = 12;

    /// <summary>Renders a comparison as aligned columns; what a run does not have is a dash. Ends with a line feed.</summary>
    public static string Render(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder();
        string[] names = [.. comparison.Runs.Select(run => run.Name)];
        Columns(text,
        [
            ["training", "epochs", "best", "validation loss", "accuracy", "tumour recall", "images", "seconds", "ended (UTC)"],
            .. comparison.Runs.Select(Course),
        ]);
        text.Append('\n');
        if (comparison.Recipe.Count == 0) text.Append("The recipes are the same, and so are data and versions.\n");
        else Columns(text, [["recipe", .. names], .. comparison.Recipe.Select(row => (string[])[row.Member, .. row.Values.Select(Short)])]);
        Answers(text, comparison.Answers, names);
        return text.ToString();
    }

    private static string[] Course(RunCourse run) =>
    [
        run.Name,
        Integer(run.Epochs),
        Integer(run.Best.Epoch),
        Invariant($"{run.Best.Val.Loss:0.0000}"),
        Invariant($"{run.Best.Val.Accuracy:0.0000}"),
        run.TellsTumours ? Invariant($"{run.Best.Val.TumourRecall:0.0000}") : "-",
        Integer(run.TrainingImages),
        Invariant($"{run.Seconds:0.0}"),
        run.TrainedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
    ];

    private static void Answers(StringBuilder text, AnswerComparison answers, string[] names)
    {
        text.Append('\n');
        if (answers.Figures.Count > 0)
        {
            Columns(text,
            [
                [answers.Evaluation, .. names],
                ["scans", .. answers.Scans.Select(Integer)],
                .. answers.Figures.Select(figure => (string[])[figure.Words, .. figure.Values.Select(Value)]),
            ]);
            int[] paired = [.. Enumerable.Range(1, names.Length - 1).Where(run => answers.Figures.Any(figure => figure.Differences[run] is not null))];
            if (paired.Length > 0)
            {
                text.Append('\n');
                Columns(text,
                [
                    [$"difference to {names[0]}", .. paired.Select(run => names[run])],
                    .. answers.Figures.Select(figure => (string[])[figure.Words, .. paired.Select(run => Difference(figure.Differences[run]))]),
                ]);
                text.Append("* the interval is on one side of 0\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"intervals: {answers.Intervals.Level * 100:0.##} %, {answers.Intervals.Resamples:N0} resamples");
            if (answers.Groups > 0) text.Append(answers.Groups == answers.Scans[0] ? " of scans" : Invariant($" of {answers.Groups:N0} groups of scans"));
            text.Append(CultureInfo.InvariantCulture, $"; differences in pairs; tumour from {answers.Threshold:0.####}\n");
        }
        foreach (var note in answers.Notes) text.Append("note: ").Append(note).Append('\n');
    }

    private static string Value(Figure? figure) => figure switch
    {
        null or { Value: null } => "-",
        { Low: { } low, High: { } high } => Invariant($"{figure.Value:0.0000} [{low:0.0000}, {high:0.0000}]"),
        _ => Invariant($"{figure.Value:0.0000}"),
    };

    private static string Difference(Figure? figure) => figure switch
    {
        null or { Value: null } => "-",
        { Low: { } low, High: { } high } => Signed(figure.Value.Value) + $" [{Signed(low)}, {Signed(high)}]" + (low > 0 || high < 0 ? "*" : " "),
        _ => Signed(figure.Value.Value),
    };

    private static string Signed(double value) => value.ToString("+0.0000;-0.0000;0.0000", CultureInfo.InvariantCulture);

    private static string Short(string? value) => value switch
    {
        null => "-",
        "" => "\"\"",
        { Length: 64 } when value.All(char.IsAsciiHexDigitLower) => value[..HashDigits] + "…",
        { Length: > WidestCell } => value[..(WidestCell - 1)] + "…",
        _ => value,
    };

    private static string Integer(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static void Columns(StringBuilder text, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }
    }
}
