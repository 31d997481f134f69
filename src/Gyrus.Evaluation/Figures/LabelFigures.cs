using Gyrus.Evaluation.Statistics;

namespace Gyrus.Evaluation.Figures;

/// <summary>The figures of one label against the rest.</summary>
public static class LabelFigures
{
    /// <summary>Of the scans given it, the share that have it.</summary>
    public static FigureDefinition<LabelScans> Precision { get; } =
        new("precision", "precision", scans => resample => ConfusionMatrix.Precision(resample.Confusion, scans.Label));

    /// <summary>Of the scans that have it, the share given it.</summary>
    public static FigureDefinition<LabelScans> Recall { get; } =
        new("recall", "recall", scans => resample => ConfusionMatrix.Recall(resample.Confusion, scans.Label)) { CardName = "recall" };

    /// <summary>The harmonic mean of precision and recall.</summary>
    public static FigureDefinition<LabelScans> F1 { get; } =
        new("f1", "F1", scans => resample => ConfusionMatrix.F1(resample.Confusion, scans.Label));

    /// <summary>The area under the ROC curve of this label against the rest.</summary>
    public static FigureDefinition<LabelScans> Auroc { get; } = new("auroc", "AUROC", scans =>
    {
        var binary = BinaryScans.Of(scans.All, scans.Label);
        var ranking = new Ranking(binary.Scores, binary.Positives);
        return resample => ranking.Auroc(resample.Weights);
    });

    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<FigureDefinition<LabelScans>> All { get; } = [Precision, Recall, F1, Auroc];
}
