using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Reports;

/// <summary>The figures of an evaluation, apart for each value of one column, such as a plane or a scanner.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Values">One for each value, in ordinal order; scans without a value are under the empty one.</param>
public sealed record ColumnFigures(string Column, IReadOnlyList<ValueFigures> Values)
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
            .OrderBy(members => members.Key, StringComparer.Ordinal)
            .Select(members => Figures(members.Key, [.. members], scans, options))]);
    }

    private static ValueFigures Figures(
        string value, int[] members, IReadOnlyList<ScoredScan> scans, EvaluationOptions options)
    {
        var report = Evaluator.Run(
            [.. members.Select(i => scans[i])],
            new HashSet<string>(),
            options with { Groups = options.Groups is { } groups ? [.. members.Select(i => groups[i])] : null });
        return new(
            value,
            report.Count,
            report.Overall.Accuracy,
            report.Overall.TypeAccuracy,
            report.Tumour.Auroc,
            report.Tumour.Sensitivity,
            report.Tumour.Specificity,
            report.Tumour.Accuracy);
    }
}

/// <summary>Figures of the scans that have one value in a column.</summary>
/// <param name="Value">The value; empty for scans that have none.</param>
/// <param name="Count">How many scans have it. Of fewer than <see cref="FewScans"/> an interval says little: it knows
/// only the scans there are.</param>
/// <param name="Accuracy">As <see cref="OverallFigures.Accuracy"/>.</param>
/// <param name="TypeAccuracy">As <see cref="OverallFigures.TypeAccuracy"/>.</param>
/// <param name="TumourAuroc">As <see cref="TumourFigures.Auroc"/>.</param>
/// <param name="TumourSensitivity">As <see cref="TumourFigures.Sensitivity"/>.</param>
/// <param name="TumourSpecificity">As <see cref="TumourFigures.Specificity"/>.</param>
/// <param name="TumourAccuracy">As <see cref="TumourFigures.Accuracy"/>.</param>
public sealed record ValueFigures(
    string Value,
    int Count,
    Figure Accuracy,
    Figure TypeAccuracy,
    Figure TumourAuroc,
    Figure TumourSensitivity,
    Figure TumourSpecificity,
    Figure TumourAccuracy)
{
    /// <summary>Below this many scans, tables mark a value.</summary>
    public const int FewScans = 10;

    /// <summary>What the mark says.</summary>
    internal const string FewNote = "fewer than 10 scans: the interval knows only these, and is too narrow";

    /// <summary>Whether a table marks it.</summary>
    internal bool IsFew => Count < FewScans;
}
