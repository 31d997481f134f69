using Gyrus.Evaluation.Figures;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;

namespace Gyrus.Learning.Comparison;

/// <summary>The figures by which runs are compared, in one row of numbers, so that each resample fills one row: all of an evaluation but those
/// of single labels.</summary>
internal sealed class AnswerFigures
{
    private static readonly EvaluationSettings Usual = new(0, 0, 0, 0, 0, 0);

    /// <summary>The names, as in <c>evaluation.json</c>, and the words for them in tables.</summary>
    public static IReadOnlyList<(string Name, string Words)> All { get; } =
    [
        .. OverallFigures.All.Select(figure => ($"overall.{figure.Name}", figure.TitleWith(Usual))),
        .. BinaryFigures.All.Select(figure => ($"tumour.{figure.Name}", $"tumour {figure.TitleWith(Usual)}")),
    ];

    private readonly int _labels;
    private readonly int[] _truths; // [N]
    private readonly int[] _answers; // [N]
    private readonly FigureFormula[] _formulas; // in the order of All; without those of tumours where labels do not tell

    /// <summary>Prepares what does not change between resamples.</summary>
    /// <param name="scans">[N], at least one, all with the same labels.</param>
    /// <param name="threshold">The smallest tumour probability that is called tumour.</param>
    public AnswerFigures(IReadOnlyList<ScoredScan> scans, double threshold)
    {
        var all = new EvaluatedScans(scans, new EvaluationOptions { TumourThreshold = threshold });
        (_labels, _truths, _answers) = (all.Labels.Count, all.Truths(), all.Answers());
        var tumours = all.Labels.TellsTumours ? BinaryScans.Tumours(all) : null;
        _formulas =
        [
            .. OverallFigures.All.Select(figure => figure.Prepare(all)),
            .. tumours is null ? [] : BinaryFigures.All.Select(figure => figure.Prepare(tumours)),
        ];
    }

    /// <summary>Fills a row for a resample; NaN where a figure is not defined.</summary>
    /// <param name="weights">[N]: how often each scan counts.</param>
    /// <param name="row">[<see cref="All"/>], in its order.</param>
    public void Calculate(ReadOnlySpan<int> weights, Span<double> row)
    {
        var resample = new Resample(weights, ConfusionMatrix.Count(_truths, _answers, _labels, weights));
        row.Fill(double.NaN);
        for (int i = 0; i < _formulas.Length; i++) row[i] = _formulas[i](resample) ?? double.NaN;
    }
}
