using System.Text.Json.Serialization;
using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Reports;

/// <summary>What figures measured at home are worth elsewhere: those of scans of the sources that models were trained on, beside those of scans of sources
/// that they were not, from the same study.</summary>
/// <param name="All">All sources together.</param>
/// <param name="Sources">Each source, as one that was trained on by the other folds' runs and as one that was not by its own, the worst across first.</param>
public sealed record SourceComparison(SourceDifference All, IReadOnlyList<SourceDifference> Sources)
{
    /// <summary>Compares. Intervals are of one bootstrap: a group is drawn with all its scans, within and across, so that differences are in pairs.</summary>
    /// <param name="within">Calibrated answers of runs to scans of sources that they were trained on, but not to those they were fitted on; at least one. One
    /// scan may have answers of several runs.</param>
    /// <param name="across">Calibrated answers of runs to scans of sources that they were not trained on; at least one.</param>
    /// <param name="groupOf">The group of a scan.</param>
    /// <param name="options">Threshold, bins and bootstrap; its groups are not looked at.</param>
    /// <exception cref="GyrusException">An option is outside its range.</exception>
    public static SourceComparison Of(
        IReadOnlyList<ScoredScan> within, IReadOnlyList<ScoredScan> across, Func<ScoredScan, string> groupOf, EvaluationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (home, away) = (Sorted(within), Sorted(across));
        SourceDifference Difference(string source, List<ScoredScan> one, List<ScoredScan> other) => SourceDifference.Of(source, one, other, groupOf, options);
        var sources = away.Select(scan => scan.Source).Distinct().Order(StringComparer.Ordinal)
            .Select(source => (source, home.FindAll(scan => scan.Source == source), away.FindAll(scan => scan.Source == source)))
            .Where(one => one.Item2.Count > 0)
            .Select(one => Difference(one.source, one.Item2, one.Item3));
        return new SourceComparison(
            Difference("", home, away),
            [.. sources.OrderBy(one => one.Told?.Across.Value).ThenBy(one => one.Source, StringComparer.Ordinal)]);
    }

    // Resamples are drawn by position.
    private static List<ScoredScan> Sorted(IReadOnlyList<ScoredScan> scans) =>
        [.. scans.OrderBy(scan => scan.Path, StringComparer.Ordinal).ThenBy(scan => scan.Fold)];
}

/// <summary>Figures within and across sources.</summary>
/// <param name="Source">The source; empty for all together.</param>
/// <param name="Within">How many answers are to scans of sources that the run was trained on.</param>
/// <param name="Across">How many are to scans of sources that it was not.</param>
/// <param name="Figures">The figures.</param>
public sealed record SourceDifference(string Source, int Within, int Across, IReadOnlyList<FigureDifference> Figures)
{
    private static readonly FigureDefinition<BinaryScans>[] Binary =
        [BinaryFigures.BalancedAccuracy, BinaryFigures.Sensitivity, BinaryFigures.Specificity, BinaryFigures.Auroc, BinaryFigures.CalibrationError];

    private static readonly FigureDefinition<EvaluatedScans>[] Overall =
        [OverallFigures.Accuracy, SelectiveFigures.WrongAt80, SelectiveFigures.RiskCoverageArea, SelectiveFigures.Covered];

    /// <summary>The figures' definitions, in their order.</summary>
    public static IReadOnlyList<FigureDefinition> Definitions { get; } = [.. Binary, .. Overall];

    /// <summary>The figure that tells most: the balanced accuracy, of scans of one kind sensitivity or specificity, and the accuracy where labels tell no
    /// tumours; null where none is defined on both sides.</summary>
    [JsonIgnore]
    public FigureDifference? Told => ((FigureDefinition[])[.. Binary.Take(3), OverallFigures.Accuracy])
        .Select(definition => Figures.FirstOrDefault(figure => figure.Name == definition.Name && figure.Inflation.Value is not null))
        .FirstOrDefault(figure => figure is not null);

    internal static SourceDifference Of(
        string source, List<ScoredScan> within, List<ScoredScan> across, Func<ScoredScan, string> groupOf, EvaluationOptions options)
    {
        var (home, away) = (new Side(within, options), new Side(across, options));
        int count = Definitions.Count;
        var numbers = new Dictionary<string, int>();
        int[] groups = [.. within.Concat(across).Select(scan => numbers.TryGetValue(groupOf(scan), out int number) ? number : numbers[groupOf(scan)] = numbers.Count)];
        void Calculate(ReadOnlySpan<int> weights, Span<double> row)
        {
            home.Calculate(weights[..within.Count], row[..count]);
            away.Calculate(weights[within.Count..], row[count..(2 * count)]);
            for (int i = 0; i < count; i++) row[(2 * count) + i] = row[i] - row[count + i];
        }
        var figures = Bootstrap.Run(groups, 3 * count, Calculate, options.Bootstrap);
        return new SourceDifference(source, within.Count, across.Count, [.. Definitions.Select((definition, i) =>
            new FigureDifference(definition.Name, figures[i], figures[count + i], figures[(2 * count) + i]))]);
    }

    /// <summary>The figures of one side, in one row of numbers.</summary>
    private sealed class Side
    {
        private readonly int[] _truths; // [N]
        private readonly int[] _answers; // [N]
        private readonly int _labels;
        private readonly FigureFormula[] _formulas;

        public Side(List<ScoredScan> scans, EvaluationOptions options)
        {
            var all = new EvaluatedScans(scans, options);
            (_truths, _answers, _labels) = (all.Truths(), all.Answers(), all.Labels.Count);
            var tumours = all.Labels.TellsTumours ? BinaryScans.Tumours(all) : null;
            _formulas =
            [
                .. Binary.Select(figure => tumours is null ? _ => null : figure.Prepare(tumours)),
                .. Overall.Select(figure => figure.Prepare(all)),
            ];
        }

        public void Calculate(ReadOnlySpan<int> weights, Span<double> row)
        {
            var resample = new Resample(weights, ConfusionMatrix.Count(_truths, _answers, _labels, weights));
            for (int i = 0; i < _formulas.Length; i++) row[i] = _formulas[i](resample) ?? double.NaN;
        }
    }
}

/// <summary>One figure within and across sources.</summary>
/// <param name="Name">Its name, as in the evaluation.</param>
/// <param name="Within">On scans of sources that were trained on.</param>
/// <param name="Across">On scans of sources that were not.</param>
/// <param name="Inflation">How much more it is within than across: the first less the second.</param>
public sealed record FigureDifference(string Name, Figure Within, Figure Across, Figure Inflation)
{
    /// <summary>The figure's name for people.</summary>
    [JsonIgnore]
    public string Title => SourceDifference.Definitions.FirstOrDefault(definition => definition.Name == Name)?.Title ?? Name;
}
