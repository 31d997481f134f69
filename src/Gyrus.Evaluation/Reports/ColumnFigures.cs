using System.Text.Json.Serialization;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Reports;

/// <summary>The figures of an evaluation, apart for each value of one column, such as a plane or a scanner.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Values">One for each value, the worst first by <see cref="ValueResult.Right"/>, those of few scans last; scans without a value are
/// under the empty one.</param>
public sealed record ColumnFigures(string Column, IReadOnlyList<ValueResult> Values)
{
    /// <summary>Calculates them. The result does not depend on the order of the scans.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="scans">The scans, at least one.</param>
    /// <param name="values">[N]: each scan's value.</param>
    /// <param name="options">As of the evaluation: each value's intervals are drawn from its own scans, by group where
    /// there are groups.</param>
    /// <exception cref="GyrusException">There is no scan, or an option is outside its range.</exception>
    /// <exception cref="ArgumentException">The values are not as many as the scans, or a scan cannot be.</exception>
    public static ColumnFigures Of(
        string column, IReadOnlyList<ScoredScan> scans, IReadOnlyList<string> values, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(scans);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(options);
        if (values.Count != scans.Count)
            throw new ArgumentException($"{scans.Count} scans but {values.Count} values", nameof(values));
        return new(column, [.. Enumerable.Range(0, scans.Count)
            .GroupBy(i => values[i], StringComparer.Ordinal)
            .Select(members => Figures(members.Key, [.. members], scans, options))
            .OrderBy(value => value.IsFew)
            .ThenBy(value => value.Right)
            .ThenBy(value => value.Value, StringComparer.Ordinal)]);
    }

    private static ValueResult Figures(
        string value, int[] members, IReadOnlyList<ScoredScan> scans, EvaluationOptions options)
    {
        var report = Evaluator.Run(
            [.. members.Select(i => scans[i])],
            new HashSet<string>(),
            options with { Groups = options.Groups is { } groups ? [.. members.Select(i => groups[i])] : null });
        return new(value, report.Count, new FigureSet(
        [
            .. Named(OverallFigures.All, report.Overall),
            .. Named(BinaryFigures.All, report.Tumour),
            .. Named(SelectiveFigures.All, report.Selective!),
            .. report.Lesions is { } lesions ? Named(LesionFigures.All, lesions) : [],
        ]));
    }

    /// <summary>The definitions of the figures of each value, in their order.</summary>
    public static IEnumerable<FigureDefinition> Definitions =>
        OverallFigures.All.Concat<FigureDefinition>(BinaryFigures.All).Concat(SelectiveFigures.All).Concat(LesionFigures.All)
            .Where(definition => definition.ColumnName is not null);

    /// <summary>The definitions that a table shows: of figures that some value has. The accuracy of tumours is left out, since the balanced one stands
    /// beside it, and of scans of one kind it is the sensitivity or the specificity; and what is wrong among the surest where what the model accepts is
    /// known.</summary>
    public IReadOnlyList<FigureDefinition> Shown =>
    [
        .. Definitions.Where(Has).Where(definition => definition != BinaryFigures.Accuracy)
            .Where(definition => definition != SelectiveFigures.WrongAt80 || !Has(SelectiveFigures.Accepted)),
    ];

    private bool Has(FigureDefinition definition) => Values.Any(value => value.Figures[definition.ColumnName!].Value is not null);

    private static IEnumerable<KeyValuePair<string, Figure>> Named(IEnumerable<FigureDefinition> definitions, FigureSet figures) =>
        definitions.Where(definition => definition.ColumnName is not null)
            .Select(definition => KeyValuePair.Create(definition.ColumnName!, figures[definition]));
}

/// <summary>Figures of the scans that have one value in a column.</summary>
/// <param name="Value">The value; empty for scans that have none.</param>
/// <param name="Count">How many scans have it. Of fewer than <see cref="FewScans"/> an interval says little: it knows
/// only the scans there are.</param>
/// <param name="Figures">Those of <see cref="OverallFigures"/>, <see cref="BinaryFigures"/>, <see cref="SelectiveFigures"/> and <see cref="LesionFigures"/> with a
/// <see cref="FigureDefinition.ColumnName"/>, under that.</param>
[JsonConverter(typeof(ValueResultConverter))]
public sealed record ValueResult(string Value, int Count, FigureSet Figures)
{
    /// <summary>Below this many scans, tables mark a value.</summary>
    public const int FewScans = 10;

    /// <summary>What the mark says.</summary>
    public const string FewNote = "fewer than 10 scans: the interval knows only these, and is too narrow";

    /// <summary>Whether a table marks it.</summary>
    public bool IsFew => Count < FewScans;

    /// <summary>How right the model is on these scans, by which values are ordered: the balanced accuracy of tumour against healthy; of scans of one kind
    /// the accuracy, which is then the sensitivity or the specificity; over all labels where labels do not tell tumours.</summary>
    public double? Right => Figures[BinaryFigures.BalancedAccuracy.ColumnName!].Value
        ?? Figures[BinaryFigures.Accuracy.ColumnName!].Value ?? Figures[OverallFigures.Accuracy.ColumnName!].Value;
}

internal sealed class ValueResultConverter() : CountedFiguresConverter<ValueResult>("value", (value, count, figures) => new(value, count, figures))
{
    protected override (string Whose, int Count, FigureSet Figures) Parts(ValueResult value) => (value.Value, value.Count, value.Figures);
}
