namespace Gyrus.Learning.Training;

/// <summary>Figures over one part of the data in one epoch.</summary>
/// <param name="Loss">Mean cross-entropy, natural logarithm.</param>
/// <param name="Accuracy">Share of right labels, 0 to 1.</param>
/// <param name="TumourRecall">Share of tumours whose most probable label is a tumour's, 0 to 1; 1 where the part has
/// no tumour.</param>
public sealed record PartFigures(double Loss, double Accuracy, double TumourRecall);

/// <summary>What one pass over the training part gave.</summary>
/// <param name="Epoch">1 for the first.</param>
/// <param name="Train">On the training part, while its weights were changing and with dropout.</param>
/// <param name="Val">On the validation part, after the epoch.</param>
/// <param name="Seconds">Time taken; not part of the result.</param>
public sealed record EpochRecord(int Epoch, PartFigures Train, PartFigures Val, double Seconds)
{
    /// <summary>Whether this epoch is better than another by a metric.</summary>
    /// <param name="other">The best so far; null where there is none.</param>
    /// <param name="metric">The metric.</param>
    public bool IsBetterThan(EpochRecord? other, SelectionMetric metric) =>
        other is null || Score(metric).CompareTo(other.Score(metric)) > 0;

    private (double First, double Second) Score(SelectionMetric metric) => metric switch
    {
        SelectionMetric.Accuracy => (Val.Accuracy, -Val.Loss),
        SelectionMetric.TumourRecall => (Val.TumourRecall, -Val.Loss),
        _ => (-Val.Loss, 0),
    };
}
