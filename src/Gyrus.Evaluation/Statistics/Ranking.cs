
namespace Gyrus.Evaluation.Statistics;

/// <summary>
/// Scores of positives and negatives, sorted once, so that thousands of resamples cost one pass each and no sort.
/// </summary>
public sealed class Ranking
{
    private readonly int[] _order;      // [N], indices by falling score
    private readonly bool[] _positive;  // [N], in that order
    private readonly bool[] _endsTie;   // [N], in that order: whether the next score is smaller

    /// <summary>Sorts the scores.</summary>
    /// <param name="scores">[N], larger means rather positive; no NaN.</param>
    /// <param name="positives">[N]: whether each is positive in truth.</param>
    public Ranking(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives)
    {
        if (scores.Length != positives.Length)
            throw new ArgumentException($"{scores.Length} scores but {positives.Length} truths", nameof(positives));

        _order = new int[scores.Length];
        _positive = new bool[scores.Length];
        _endsTie = new bool[scores.Length];
        var falling = new double[scores.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            _order[i] = i;
            falling[i] = -scores[i];
        }
        Array.Sort(falling, _order);
        for (int i = 0; i < _order.Length; i++)
        {
            _positive[i] = positives[_order[i]];
            _endsTie[i] = i == _order.Length - 1 || falling[i + 1] > falling[i];
        }
    }

    /// <summary>The area under the ROC curve of scores that are needed once; see
    /// <see cref="Auroc(ReadOnlySpan{int})"/>.</summary>
    /// <param name="scores">[N], larger means rather positive; no NaN.</param>
    /// <param name="positives">[N]: whether each is positive in truth.</param>
    public static double? Auroc(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positives) =>
        new Ranking(scores, positives).Auroc();

    /// <summary>
    /// The area under the ROC curve, 0 to 1: the chance that a positive scores above a negative, ties counting one
    /// half. This is the Mann-Whitney statistic (Hanley and McNeil, "The meaning and use of the area under a receiver
    /// operating characteristic (ROC) curve", Radiology 143(1), 1982). Null without a positive or without a negative.
    /// </summary>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    public double? Auroc(ReadOnlySpan<int> weights = default)
    {
        long positivesAbove = 0;
        long negatives = 0;
        long tiedPositives = 0;
        long tiedNegatives = 0;
        long twiceWins = 0; // twice the pairs won, so that a tie's half stays whole
        for (int i = 0; i < _order.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[_order[i]];
            if (_positive[i]) tiedPositives += weight;
            else tiedNegatives += weight;
            if (!_endsTie[i]) continue;

            twiceWins += tiedNegatives * (2 * positivesAbove + tiedPositives);
            positivesAbove += tiedPositives;
            negatives += tiedNegatives;
            tiedPositives = 0;
            tiedNegatives = 0;
        }
        return positivesAbove == 0 || negatives == 0 ? null : twiceWins / (2.0 * positivesAbove * negatives);
    }

    /// <summary>
    /// The area under the precision-recall curve as average precision, 0 to 1: the mean precision at the positives, that of a tie being its end's
    /// (Boyd, Eng and Page, "Area under the precision-recall curve: point estimates and confidence intervals", ECML PKDD 2013). Null
    /// without a positive.
    /// </summary>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    public double? AveragePrecision(ReadOnlySpan<int> weights = default)
    {
        double sum = 0;
        int before = 0;
        var counts = new Cuts(this, weights);
        while (counts.Next())
        {
            if (counts.True > before) sum += (counts.True - before) * ((double)counts.True / (counts.True + counts.False));
            before = counts.True;
        }
        return before == 0 ? null : sum / before;
    }

    /// <summary>The largest sensitivity at a threshold with at least a specificity, 0 to 1; null without a positive or without a negative.</summary>
    /// <param name="specificity">0 to 1.</param>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    public double? SensitivityAt(double specificity, ReadOnlySpan<int> weights = default)
    {
        var (positives, negatives) = Totals(weights);
        if (positives == 0 || negatives == 0) return null;
        int most = 0;
        var counts = new Cuts(this, weights);
        while (counts.Next() && (negatives - counts.False) >= specificity * negatives) most = counts.True;
        return (double)most / positives;
    }

    /// <summary>The largest specificity at a threshold with at least a sensitivity, 0 to 1; null without a positive or without a negative.</summary>
    /// <param name="sensitivity">0 to 1.</param>
    /// <param name="weights">[N]: how often each counts, as in a resample; empty for once each.</param>
    public double? SpecificityAt(double sensitivity, ReadOnlySpan<int> weights = default)
    {
        var (positives, negatives) = Totals(weights);
        if (positives == 0 || negatives == 0) return null;
        if (sensitivity == 0) return 1;
        var counts = new Cuts(this, weights);
        while (counts.Next())
        {
            if (counts.True >= sensitivity * positives) return (double)(negatives - counts.False) / negatives;
        }
        return 0;
    }

    /// <summary>
    /// The precision-recall curve, a point for each threshold that is a score, from the highest (Davis and Goadrich, "The relationship
    /// between precision-recall and ROC curves", ICML 2006). Empty without a positive.
    /// </summary>
    public IReadOnlyList<PrecisionRecallPoint> PrecisionRecallCurve()
    {
        int positives = Totals([]).Positives;
        if (positives == 0) return [];
        var points = new List<PrecisionRecallPoint>();
        var counts = new Cuts(this, []);
        while (counts.Next())
            points.Add(new PrecisionRecallPoint((double)counts.True / positives, (double)counts.True / (counts.True + counts.False)));
        return points;
    }

    /// <summary>
    /// The ROC curve from (0, 0) to (1, 1), without the points that lie inside a straight piece (Fawcett, "An
    /// introduction to ROC analysis", Pattern Recognition Letters 27(8), 2006, algorithm 1). Empty where
    /// <see cref="Auroc(ReadOnlySpan{int})"/> is null.
    /// </summary>
    public IReadOnlyList<RocPoint> Curve()
    {
        int positives = _positive.Count(positive => positive);
        int negatives = _positive.Length - positives;
        if (positives == 0 || negatives == 0) return [];

        var corners = new List<(int False, int True)> { (0, 0) };
        int truePositives = 0;
        int falsePositives = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            if (_positive[i]) truePositives++;
            else falsePositives++;
            if (!_endsTie[i]) continue;

            if (corners.Count > 1 && IsStraight(corners[^2], corners[^1], (falsePositives, truePositives)))
                corners.RemoveAt(corners.Count - 1);
            corners.Add((falsePositives, truePositives));
        }
        return [.. corners.Select(corner =>
            new RocPoint((double)corner.False / negatives, (double)corner.True / positives))];
    }

    private (int Positives, int Negatives) Totals(ReadOnlySpan<int> weights)
    {
        int positives = 0, negatives = 0;
        for (int i = 0; i < _order.Length; i++)
        {
            int weight = weights.IsEmpty ? 1 : weights[_order[i]];
            if (_positive[i]) positives += weight;
            else negatives += weight;
        }
        return (positives, negatives);
    }

    private static bool IsStraight((int False, int True) a, (int False, int True) b, (int False, int True) c) =>
        (long)(b.False - a.False) * (c.True - b.True) == (long)(c.False - b.False) * (b.True - a.True);

    /// <summary>Goes from the highest score to the lowest and stops at each that some scan has: what a threshold there calls positive.</summary>
    private ref struct Cuts(Ranking ranking, ReadOnlySpan<int> weights)
    {
        private readonly ReadOnlySpan<int> _weights = weights;
        private int _at;

        /// <summary>Positives at or above the score.</summary>
        public int True { get; private set; }

        /// <summary>Negatives at or above the score.</summary>
        public int False { get; private set; }

        /// <summary>Goes on to the next score that a scan of the resample has; false where there is none.</summary>
        public bool Next()
        {
            int before = True + False;
            while (_at < ranking._order.Length)
            {
                int weight = _weights.IsEmpty ? 1 : _weights[ranking._order[_at]];
                if (ranking._positive[_at]) True += weight;
                else False += weight;
                if (ranking._endsTie[_at++] && True + False > before) return true;
            }
            return false;
        }
    }
}

/// <summary>A point of a precision-recall curve.</summary>
/// <param name="Recall">The share of positives at or above the threshold (sensitivity), 0 to 1.</param>
/// <param name="Precision">The share of positives among all at or above it, 0 to 1.</param>
public readonly record struct PrecisionRecallPoint(double Recall, double Precision);

/// <summary>A point of a ROC curve.</summary>
/// <param name="FalsePositiveRate">1 - specificity, 0 to 1.</param>
/// <param name="TruePositiveRate">Sensitivity, 0 to 1.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate);
