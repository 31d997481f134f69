namespace Gyrus.Learning.Training;

/// <summary>The figure by which the best epoch is chosen; always on the validation part.</summary>
public enum SelectionMetric
{
    /// <summary>The share of right labels; ties go to the lower loss.</summary>
    Accuracy,

    /// <summary>The mean cross-entropy, lower being better.</summary>
    Loss,

    /// <summary>The share of tumours that are called a tumour; ties go to the lower loss.</summary>
    TumourRecall,
}

/// <summary>How the labels' unequal numbers count in the loss.</summary>
public enum ClassWeights
{
    /// <summary>Each image counts the same.</summary>
    None,

    /// <summary>Each label counts the same: weight = images / (labels * images of the label).</summary>
    Balanced,
}

/// <summary>The recipe of a training run; the defaults are the published one's.</summary>
public sealed record TrainingOptions
{
    /// <summary>Adam's step size, above 0; 0.001 unless given. Kingma and Ba 2015.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Images a step, at least 1; 32 unless given.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Passes over the training part, at least 1; 30 unless given.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>Stop after this many epochs without a better one; 0, the default, never stops early.</summary>
    public int Patience { get; init; }

    /// <summary>Makes two runs equal: it decides first weights, order, dropout and augmentation; 1 unless given.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How the best epoch is chosen; by accuracy unless given.</summary>
    public SelectionMetric Metric { get; init; } = SelectionMetric.Accuracy;

    /// <summary>How labels count in the loss; all images alike unless given.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range; the message says which.</exception>
    public void Validate()
    {
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
            throw new GyrusException($"The learning rate must be above 0; it is {LearningRate}.");
        if (BatchSize < 1) throw new GyrusException($"The batch size must be at least 1; it is {BatchSize}.");
        if (Epochs < 1) throw new GyrusException($"The number of epochs must be at least 1; it is {Epochs}.");
        if (Patience < 0) throw new GyrusException($"The patience must be at least 0; it is {Patience}.");
    }
}
