using Gyrus.Evaluation.Reports;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging;

namespace Gyrus.Evaluation.Figures;

/// <summary>All figures of a report in one row of numbers, so that each resample fills one row.</summary>
internal sealed class FigureSheet
{
    /// <summary>How many figures a row holds.</summary>
    public int Count => OverallCount + TumourCount + (_labels.Count * FiguresPerLabel);

    private const int OverallCount = 7;
    private const int TumourCount = 5;
    private const int FiguresPerLabel = 4;

    private readonly EvaluationOptions _options;
    private readonly LabelSet _labels;
    private readonly int[] _truths;          // [N]
    private readonly int[] _answers;         // [N]
    private readonly bool[] _tumours;        // [N]
    private readonly double[] _tumourScores; // [N]
    private readonly double[] _typeRight;    // [N], 1 or 0; NaN where the truth is no typed tumour
    private readonly double[] _modalityRight; // [N], 1 or 0
    private readonly double[] _logLoss;      // [N]
    private readonly double[] _brier;        // [N]
    private readonly Calibration _topCalibration;
    private readonly Calibration _tumourCalibration;
    private readonly Ranking _tumourRanking;
    private readonly Ranking[] _labelRankings; // [L]

    /// <summary>Prepares what does not change between resamples: answers, losses of each scan, orders by
    /// score.</summary>
    public FigureSheet(IReadOnlyList<ScoredScan> scans, EvaluationOptions options)
    {
        _options = options;
        _labels = scans[0].Labels;
        _truths = [.. scans.Select(scan => scan.Truth)];
        _answers = [.. scans.Select(scan => scan.Answer())];
        _tumours = [.. scans.Select(scan => scan.IsTumour)];
        _tumourScores = [.. scans.Select(scan => scan.TumourProbability)];
        _typeRight = [.. scans.Select(TypeRight)];
        _modalityRight = [.. scans.Select(ModalityRight)];
        _logLoss = [.. scans.Select(scan => ProbabilityScores.LogLoss(scan.Probabilities, scan.Truth))];
        _brier = [.. scans.Select(scan => ProbabilityScores.Brier(scan.Probabilities, scan.Truth))];
        _topCalibration = new(
            [.. scans.Select(scan => (double)scan.Probabilities.Max())],
            [.. scans.Select(scan => scan.Answer() == scan.Truth)]);
        _tumourCalibration = new(_tumourScores, _tumours);
        _tumourRanking = new(_tumourScores, _tumours);
        _labelRankings = [.. Enumerable.Range(0, _labels.Count).Select(label => new Ranking(
            [.. scans.Select(scan => (double)scan.Probabilities[label])],
            [.. scans.Select(scan => scan.Truth == label)]))];
    }

    /// <summary>Fills a row for a resample; NaN where a figure is not defined.</summary>
    /// <param name="weights">[N]: how often each scan counts.</param>
    /// <param name="row">[<see cref="Count"/>].</param>
    public void Calculate(ReadOnlySpan<int> weights, Span<double> row)
    {
        var confusion = ConfusionMatrix.Count(_truths, _answers, _labels.Count, weights);
        var tumour = BinaryCounts.At(_tumourScores, _tumours, _options.TumourThreshold, weights);
        int next = 0;

        // The order of OverallFigures.
        row[next++] = ConfusionMatrix.Accuracy(confusion) ?? double.NaN;
        row[next++] = ConfusionMatrix.MacroF1(confusion) ?? double.NaN;
        row[next++] = Mean(_typeRight, weights);
        row[next++] = Mean(_modalityRight, weights);
        row[next++] = Mean(_logLoss, weights);
        row[next++] = Mean(_brier, weights);
        row[next++] = _topCalibration.ExpectedError(_options.CalibrationBins, weights) ?? double.NaN;

        // The order of TumourFigures; none is defined where labels do not tell tumours.
        bool tells = _labels.TellsTumours;
        row[next++] = tells ? _tumourRanking.Auroc(weights) ?? double.NaN : double.NaN;
        row[next++] = tells ? tumour.Sensitivity ?? double.NaN : double.NaN;
        row[next++] = tells ? tumour.Specificity ?? double.NaN : double.NaN;
        row[next++] = tells ? tumour.Accuracy ?? double.NaN : double.NaN;
        row[next++] = tells ? _tumourCalibration.ExpectedError(_options.CalibrationBins, weights) ?? double.NaN : double.NaN;

        for (int label = 0; label < _labels.Count; label++)
        {
            // The order of LabelFigures.
            row[next++] = ConfusionMatrix.Precision(confusion, label) ?? double.NaN;
            row[next++] = ConfusionMatrix.Recall(confusion, label) ?? double.NaN;
            row[next++] = ConfusionMatrix.F1(confusion, label) ?? double.NaN;
            row[next++] = _labelRankings[label].Auroc(weights) ?? double.NaN;
        }
    }

    /// <summary>[L, L]: row is truth, column is answer, each scan once.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Confusion()
    {
        var counts = ConfusionMatrix.Count(_truths, _answers, _labels.Count);
        return [.. Enumerable.Range(0, _labels.Count).Select(row =>
            (IReadOnlyList<int>)[.. Enumerable.Range(0, _labels.Count).Select(column => counts[row, column])])];
    }

    /// <summary>A row's figures over all labels.</summary>
    public static OverallFigures Overall(ReadOnlySpan<Figure> row) =>
        new(row[0], row[1], row[2], row[3], row[4], row[5], row[6]);

    /// <summary>A row's figures of tumour against healthy.</summary>
    public static TumourFigures Tumour(ReadOnlySpan<Figure> row)
    {
        var part = row[OverallCount..];
        return new(part[0], part[1], part[2], part[3], part[4]);
    }

    /// <summary>A row's figures of one label.</summary>
    public static LabelFigures Label(ReadOnlySpan<Figure> row, int label, string name, int scans)
    {
        var part = row[(OverallCount + TumourCount + (label * FiguresPerLabel))..];
        return new(name, scans, part[0], part[1], part[2], part[3]);
    }

    private double TypeRight(ScoredScan scan)
    {
        int[] types = [.. _labels.Types.Where(type => _labels[type].Modality == _labels[scan.Truth].Modality)];
        int truth = Array.IndexOf(types, scan.Truth);
        if (truth < 0) return double.NaN;
        float[] probabilities = [.. types.Select(type => scan.Probabilities[type])];
        return ScoredScan.LargestOf(probabilities) == truth ? 1 : 0;
    }

    private double ModalityRight(ScoredScan scan)
    {
        if (!_labels.TellsModality) return double.NaN;
        double ct = 0;
        double mri = 0;
        for (int i = 0; i < _labels.Count; i++)
        {
            if (_labels[i].Modality == Modality.Ct) ct += scan.Probabilities[i];
            else mri += scan.Probabilities[i];
        }
        return (ct >= mri ? Modality.Ct : Modality.Mri) == _labels[scan.Truth].Modality ? 1 : 0;
    }

    private static double Mean(double[] values, ReadOnlySpan<int> weights)
    {
        double sum = 0;
        int all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) continue;
            sum += weights[i] * values[i];
            all += weights[i];
        }
        return all == 0 ? double.NaN : sum / all;
    }
}
