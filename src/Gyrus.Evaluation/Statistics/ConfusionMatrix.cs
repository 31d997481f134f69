
namespace Gyrus.Evaluation.Statistics;

/// <summary>
/// Counts of truth against answer and the figures made from them. Definitions after Sokolova and Lapalme, "A systematic
/// analysis of performance measures for classification tasks", Information Processing and Management 45(4), 2009,
/// tables 2 and 3. A figure whose denominator is zero is null.
/// </summary>
public static class ConfusionMatrix
{
    /// <summary>Counts how often each truth got each answer.</summary>
    /// <param name="truths">[N], each from 0 to <paramref name="labels"/> - 1.</param>
    /// <param name="answers">[N], each from 0 to <paramref name="labels"/> - 1.</param>
    /// <param name="labels">How many labels there are.</param>
    /// <param name="weights">[N]: how often each scan counts, as in a resample; empty for once each.</param>
    /// <returns>[labels, labels]: row is truth, column is answer.</returns>
    public static int[,] Count(
        ReadOnlySpan<int> truths, ReadOnlySpan<int> answers, int labels, ReadOnlySpan<int> weights = default)
    {
        if (truths.Length != answers.Length)
            throw new ArgumentException($"{truths.Length} truths but {answers.Length} answers", nameof(answers));

        var counts = new int[labels, labels];
        for (int i = 0; i < truths.Length; i++) counts[truths[i], answers[i]] += weights.IsEmpty ? 1 : weights[i];
        return counts;
    }

    /// <summary>The share of scans whose answer is their truth, 0 to 1.</summary>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    public static double? Accuracy(int[,] counts)
    {
        int right = 0;
        int all = 0;
        for (int i = 0; i < counts.GetLength(0); i++)
        {
            right += counts[i, i];
            all += RowSum(counts, i);
        }
        return Ratio(right, all);
    }

    /// <summary>Of the scans given this label, the share that have it, 0 to 1.</summary>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    /// <param name="label">The label's index.</param>
    public static double? Precision(int[,] counts, int label) => Ratio(counts[label, label], ColumnSum(counts, label));

    /// <summary>Of the scans that have this label, the share that were given it, 0 to 1.</summary>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    /// <param name="label">The label's index.</param>
    public static double? Recall(int[,] counts, int label) => Ratio(counts[label, label], RowSum(counts, label));

    /// <summary>
    /// The harmonic mean of precision and recall, 0 to 1, as 2 TP / (2 TP + FP + FN): null only for a label that is
    /// neither a truth nor an answer.
    /// </summary>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    /// <param name="label">The label's index.</param>
    public static double? F1(int[,] counts, int label) =>
        Ratio(2 * counts[label, label], RowSum(counts, label) + ColumnSum(counts, label));

    /// <summary>The plain mean of F1 over the labels where it is defined, 0 to 1.</summary>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    public static double? MacroF1(int[,] counts)
    {
        double sum = 0;
        int defined = 0;
        for (int label = 0; label < counts.GetLength(0); label++)
        {
            if (F1(counts, label) is not { } f1) continue;
            sum += f1;
            defined++;
        }
        return defined == 0 ? null : sum / defined;
    }

    private static int RowSum(int[,] counts, int row)
    {
        int sum = 0;
        for (int column = 0; column < counts.GetLength(1); column++) sum += counts[row, column];
        return sum;
    }

    private static int ColumnSum(int[,] counts, int column)
    {
        int sum = 0;
        for (int row = 0; row < counts.GetLength(0); row++) sum += counts[row, column];
        return sum;
    }

    private static double? Ratio(int part, int whole) => whole == 0 ? null : (double)part / whole;

    /// <summary>The labels that a data set has or that were answered, by their indices: the others' rows and columns hold
    /// nothing.</summary>
    /// <param name="counts">[L, L]: row is truth, column is answer.</param>
    public static IReadOnlyList<int> Met(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return [.. Enumerable.Range(0, counts.Count).Where(label => counts[label].Any(count => count > 0)
            || counts.Any(row => row[label] > 0))];
    }
}
