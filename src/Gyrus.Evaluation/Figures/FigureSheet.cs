using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Figures;

/// <summary>All figures of a report in one row of numbers, so that each resample fills one row.</summary>
internal sealed class FigureSheet
{
    private readonly List<FigureFormula> _formulas = [];
    private readonly int[] _truths; // [N]
    private readonly int[] _answers; // [N]
    private readonly int _labels;
    private readonly FigureBlock _overall;
    private readonly FigureBlock _tumour;
    private readonly FigureBlock _selective;
    private readonly FigureBlock? _positive;
    private readonly FigureBlock? _lesions;
    private readonly FigureBlock[] _label; // [L]

    /// <summary>Prepares what does not change between resamples: answers, losses of each scan, orders by score.</summary>
    /// <param name="scans">The scans.</param>
    public FigureSheet(EvaluatedScans scans)
    {
        (_truths, _answers, _labels) = (scans.Truths(), scans.Answers(), scans.Labels.Count);
        _overall = Add(OverallFigures.All, scans);
        _tumour = Add(BinaryFigures.All, scans.Labels.TellsTumours ? BinaryScans.Tumours(scans) : null);
        _label = [.. Enumerable.Range(0, _labels).Select(label => Add(LabelFigures.All, new LabelScans(scans, label)))];
        _selective = Add(SelectiveFigures.All, scans);
        if (scans.Options.Positive is { } positive) _positive = Add(BinaryFigures.All, BinaryScans.Of(scans, positive));
        if (scans.Scans.Any(scan => scan.LesionHit is not null)) _lesions = Add(LesionFigures.All, scans);
    }

    /// <summary>How many figures a row holds.</summary>
    public int Count => _formulas.Count;

    /// <summary>Fills a row for a resample; NaN where a figure is not defined.</summary>
    /// <param name="weights">[N]: how often each scan counts.</param>
    /// <param name="row">[<see cref="Count"/>].</param>
    public void Calculate(ReadOnlySpan<int> weights, Span<double> row)
    {
        var resample = new Resample(weights, ConfusionMatrix.Count(_truths, _answers, _labels, weights));
        for (int i = 0; i < _formulas.Count; i++) row[i] = _formulas[i](resample) ?? double.NaN;
    }

    /// <summary>[L, L]: row is truth, column is answer, each scan once.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Confusion()
    {
        var counts = ConfusionMatrix.Count(_truths, _answers, _labels);
        return [.. Enumerable.Range(0, _labels).Select(row =>
            (IReadOnlyList<int>)[.. Enumerable.Range(0, _labels).Select(column => counts[row, column])])];
    }

    /// <summary>A row's figures over all labels.</summary>
    public FigureSet Overall(IReadOnlyList<Figure> row) => _overall.Of(row);

    /// <summary>A row's figures of tumour against healthy; without values where labels do not tell tumours.</summary>
    public FigureSet Tumour(IReadOnlyList<Figure> row) => _tumour.Of(row);

    /// <summary>A row's figures of leaving answers out.</summary>
    public FigureSet Selective(IReadOnlyList<Figure> row) => _selective.Of(row);

    /// <summary>A row's figures of the label that was asked for against the others; null where none was.</summary>
    public FigureSet? Positive(IReadOnlyList<Figure> row) => _positive?.Of(row);

    /// <summary>A row's figures of heat maps on lesions; null where none was looked at.</summary>
    public FigureSet? Lesions(IReadOnlyList<Figure> row) => _lesions?.Of(row);

    /// <summary>A row's figures of one label.</summary>
    public FigureSet Label(IReadOnlyList<Figure> row, int label) => _label[label].Of(row);

    private FigureBlock Add<TScans>(IReadOnlyList<FigureDefinition<TScans>> definitions, TScans? scans) where TScans : class
    {
        var block = new FigureBlock(_formulas.Count, [.. definitions.Select(definition => definition.Name)]);
        _formulas.AddRange(definitions.Select(definition => scans is null ? _ => null : definition.Prepare(scans)));
        return block;
    }

    /// <summary>Where a list of figures stands in a row.</summary>
    private sealed record FigureBlock(int Start, IReadOnlyList<string> Names)
    {
        public FigureSet Of(IReadOnlyList<Figure> row) =>
            new([.. Names.Select((name, i) => KeyValuePair.Create(name, row[Start + i]))]);
    }
}
