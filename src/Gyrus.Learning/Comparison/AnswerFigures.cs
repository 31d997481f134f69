namespace Gyrus.Learning.Comparison;

/// <summary>The figures by which runs are compared, in one row of numbers, so that each resample fills one row.</summary>
internal sealed class AnswerFigures
{
    /// <summary>The names, as in <c>evaluation.json</c>, and the words for them in tables.</summary>
    public static IReadOnlyList<(string Name, string Words)> All { get; } =
    [
        ("overall.accuracy", "accuracy"),
        ("overall.macroF1", "macro F1"),
        ("overall.logLoss", "log loss"),
        ("overall.brier", "Brier score"),
        ("tumour.auroc", "tumour AUROC"),
        ("tumour.sensitivity", "tumour sensitivity"),
        ("tumour.specificity", "tumour specificity"),
        ("tumour.accuracy", "tumour accuracy"),
    ];

    private readonly int _labels;
    private readonly bool _tellsTumours;
    private readonly double _threshold;
    private readonly int[] _truths;          // [N]
    private readonly int[] _answers;         // [N]
    private readonly double[] _logLoss;      // [N]
    private readonly double[] _brier;        // [N]
    private readonly bool[] _tumours;        // [N]
    private readonly double[] _tumourScores; // [N]
    private readonly Ranking _tumourRanking;

    /// <summary>Prepares what does not change between resamples.</summary>
    /// <param name="scans">[N], at least one, all with the same labels.</param>
    /// <param name="threshold">The smallest tumour probability that is called tumour.</param>
    public AnswerFigures(IReadOnlyList<ScoredScan> scans, double threshold)
    {
        _labels = scans[0].Labels.Count;
        _tellsTumours = scans[0].Labels.TellsTumours;
        _threshold = threshold;
        _truths = [.. scans.Select(scan => scan.Truth)];
        _answers = [.. scans.Select(scan => scan.Answer())];
        _logLoss = [.. scans.Select(scan => ProbabilityScores.LogLoss(scan.Probabilities, scan.Truth))];
        _brier = [.. scans.Select(scan => ProbabilityScores.Brier(scan.Probabilities, scan.Truth))];
        _tumours = [.. scans.Select(scan => scan.IsTumour)];
        _tumourScores = [.. scans.Select(scan => scan.TumourProbability)];
        _tumourRanking = new(_tumourScores, _tumours);
    }

    /// <summary>Fills a row for a resample; NaN where a figure is not defined.</summary>
    /// <param name="weights">[N]: how often each scan counts.</param>
    /// <param name="row">[<see cref="All"/>], in its order.</param>
    public void Calculate(ReadOnlySpan<int> weights, Span<double> row)
    {
        var confusion = ConfusionMatrix.Count(_truths, _answers, _labels, weights);
        row[0] = ConfusionMatrix.Accuracy(confusion) ?? double.NaN;
        row[1] = ConfusionMatrix.MacroF1(confusion) ?? double.NaN;
        row[2] = Mean(_logLoss, weights);
        row[3] = Mean(_brier, weights);
        row[4..].Fill(double.NaN);
        if (!_tellsTumours) return;
        var tumour = BinaryCounts.At(_tumourScores, _tumours, _threshold, weights);
        row[4] = _tumourRanking.Auroc(weights) ?? double.NaN;
        row[5] = tumour.Sensitivity ?? double.NaN;
        row[6] = tumour.Specificity ?? double.NaN;
        row[7] = tumour.Accuracy ?? double.NaN;
    }

    private static double Mean(double[] values, ReadOnlySpan<int> weights)
    {
        double sum = 0;
        int all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
            all += weights[i];
        }
        return all == 0 ? double.NaN : sum / all;
    }
}
