using System.Text.Json.Serialization;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>Training of the backbone along with the head. Batch norm is folded into the convolutions first, with its
/// stored mean and variance.</summary>
public sealed record FineTuneOptions
{
    /// <summary>
    /// The first layer whose weights are fitted, by a prefix of its name such as <c>conv5</c> or <c>block14</c>; empty,
    /// the default, fits all.
    /// </summary>
    public string FromLayer { get; init; } = "";

    /// <summary>Whether the first weights are drawn at random and not pretrained ones; all layers are fitted then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FromScratch { get; init; }

    /// <summary>What the learning rate is multiplied by for the backbone's last layer, above 0; 0.1 unless given.</summary>
    public double BackboneRate { get; init; } = 0.1;

    /// <summary>What it is multiplied by in turn for the first layer that is fitted, the layers between in even ratios,
    /// above 0 to 1; 0.1 unless given. Howard and Ruder 2018, "discriminative fine-tuning".</summary>
    public double FirstLayerRate { get; init; } = 0.1;

    /// <summary>Width and height of the images in the first epochs, for speed; 0, the default, for the full size
    /// throughout.</summary>
    public int StartSize { get; init; }

    /// <summary>The last epochs, which see the full size where there is a <see cref="StartSize"/>; 3 unless given.</summary>
    public int FullSizeEpochs { get; init; } = 3;

    /// <summary>Whether training steps compute convolutions in bfloat16.</summary>
    public bool BFloat16 { get; init; }

    /// <summary>How alike the sources of a data set count in an epoch, 0 to 1: 0, the default, shows one image of each group of copies, 1 shows each
    /// source's images of a sequence and a label as often as any other's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double SourceBalance { get; init; }

    /// <summary>Share of healthy heads that get a lesion of another scan, whose outline the manifest's column <c>mask</c> names, 0 to 0.6; 0 unless
    /// given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double LesionPasting { get; init; }

    /// <summary>Share of healthy heads that get a lesion drawn at random, whose label is that of tumours of no type, 0 to 0.6; 0 unless given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double DrawnLesions { get; init; }

    /// <summary>The changes of training images.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="GyrusException">An option is out of range.</exception>
    public void Validate()
    {
        if (FromScratch && FromLayer.Length > 0)
            throw new GyrusException("Layers whose weights were drawn at random have to be fitted: train from scratch without a first layer.");
        if (!(BackboneRate > 0 && double.IsFinite(BackboneRate)))
            throw new GyrusException("The backbone's rate is above 0.");
        if (FirstLayerRate is not (> 0 and <= 1)) throw new GyrusException("The first layer's rate is above 0, to 1.");
        if (StartSize is not (0 or >= 32)) throw new GyrusException("The start size is at least 32 pixels, or 0 for none.");
        if (FullSizeEpochs < 0) throw new GyrusException("The epochs at full size are 0 or more.");
        if (SourceBalance is not (>= 0 and <= 1)) throw new GyrusException("The balance of sources is 0 to 1.");
        if (LesionPasting is not (>= 0 and <= 0.6)) throw new GyrusException("The share of heads that get a lesion is 0 to 0.6.");
        if (!(DrawnLesions >= 0 && 1.5 * (DrawnLesions + LesionPasting) <= 1))
            throw new GyrusException("The share of heads that get a drawn lesion is 0 or more, and with those that get a pasted one 0.66 at most.");
        Augmentation.Validate();
    }
}
