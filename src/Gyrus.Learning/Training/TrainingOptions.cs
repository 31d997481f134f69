using System.Text.Json.Serialization;

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

/// <summary>How the learning rate goes over the steps.</summary>
public enum Schedule
{
    /// <summary>The same throughout.</summary>
    Constant,

    /// <summary>Up in a straight line over the warm-up, then down along half a cosine to 0. Loshchilov and Hutter
    /// 2017.</summary>
    Cosine,
}

/// <summary>What a tumour of a type that nobody wrote down, such as <c>mri_tumor</c> among labels with types, means to the loss.</summary>
public enum Unspecified
{
    /// <summary>Any MRI tumour of the types that the training part has: the loss is the logarithm of the summed probability of
    /// those labels. Where it has none of them, a label like the others.</summary>
    Partial,

    /// <summary>A label like the others.</summary>
    AsPublished,
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

    /// <summary>What a tumour of no type means; any tumour of its modality unless given.</summary>
    public Unspecified Unspecified { get; init; } = Unspecified.Partial;

    /// <summary>How the learning rate goes over the steps; constant unless given.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Share of the steps over which a cosine schedule warms up, 0 to below 1; 0.1 unless given.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>What a step takes off every kernel, as a share of it and of the learning rate; 0 unless given. Loshchilov
    /// and Hutter 2019.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Share of the truth that is spread over all labels, 0 to below 1; 0 unless given. Szegedy et al.
    /// 2016.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Parameter of the beta distribution by which images of a batch are mixed in pairs; 0, the default, for
    /// none. Zhang et al. 2018, "mixup".</summary>
    public double Mixing { get; init; }

    /// <summary>How much of the running average of the weights stays at each step, 0 to below 1; the average is what is
    /// measured and kept. 0, the default, for none. Polyak and Juditsky 1992.</summary>
    public double Averaging { get; init; }

    /// <summary>The longest that the gradient of a step may be, its Euclidean norm over all weights: a longer one is shortened to it.
    /// 0, the default, shortens none. Pascanu, Mikolov and Bengio 2013.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double ClipGradients { get; init; }

    /// <summary>Weight of the loss that wants the evidence of a tumour where its lesion is drawn, 0 or more; 0 unless given. Needs a head without
    /// hidden layers. Of images that are mixed it is the lesion of the one of which there is more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double EvidenceWeight { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range; the message says which.</exception>
    public void Validate()
    {
        if (!(LearningRate > 0 && double.IsFinite(LearningRate)))
            throw new GyrusException($"The learning rate must be above 0; it is {LearningRate}.");
        if (BatchSize < 1) throw new GyrusException($"The batch size must be at least 1; it is {BatchSize}.");
        if (Epochs < 1) throw new GyrusException($"The number of epochs must be at least 1; it is {Epochs}.");
        if (WarmUp is not (>= 0 and < 1)) throw new GyrusException("Warm-up is a share of the steps, 0 to below 1.");
        if (!(WeightDecay >= 0 && double.IsFinite(WeightDecay))) throw new GyrusException("Weight decay is 0 or more.");
        if (LabelSmoothing is not (>= 0 and < 1)) throw new GyrusException("Label smoothing is a share, 0 to below 1.");
        if (!(Mixing >= 0 && double.IsFinite(Mixing))) throw new GyrusException("Mixing is 0 or more.");
        if (Averaging is not (>= 0 and < 1)) throw new GyrusException("Averaging is a share, 0 to below 1.");
        if (!(ClipGradients >= 0 && double.IsFinite(ClipGradients)))
            throw new GyrusException("The longest gradient is 0, for any length, or above.");
        if (!(EvidenceWeight >= 0 && double.IsFinite(EvidenceWeight))) throw new GyrusException("The weight of evidence is 0 or more.");
        if (Patience < 0) throw new GyrusException($"The patience must be at least 0; it is {Patience}.");
    }
}
