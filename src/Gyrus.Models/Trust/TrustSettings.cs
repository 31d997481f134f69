using System.Globalization;
using System.Text.Json.Serialization;
using Gyrus.Imaging.Labels;

namespace Gyrus.Models.Trust;

/// <summary>What was learnt on validation images about how far a network's answers can be trusted.</summary>
/// <param name="Images">Validation images that it was learnt on.</param>
/// <param name="Temperature">What logits are divided by before the softmax, above 0: Guo et al. 2017, "On Calibration of
/// Modern Neural Networks".</param>
/// <param name="Threshold">The tumour probability from which an image is called a tumour.</param>
/// <param name="Conformal">The limits of conformal sets.</param>
/// <param name="RejectedTemperature">A temperature that was fitted and is not used as it is, since it made answers worse on validation
/// images that it was not fitted on; <paramref name="Temperature"/> is then nearer to 1, or 1. Null where the fitted one is used.</param>
/// <param name="Over">How it was learnt where the images are of several sources; null where all images weighed the same.</param>
/// <param name="Doubt">Between which probabilities answers are left out; null where none are.</param>
/// <param name="Studies">What was learnt about series and studies; null where too few patients are told apart.</param>
public sealed record TrustSettings(
    int Images,
    double Temperature,
    OperatingPoint Threshold,
    ConformalSettings Conformal,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? RejectedTemperature = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SourceTrust? Over = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DoubtBand? Doubt = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StudyTrust? Studies = null)
{
    /// <summary>The settings of a network of which nothing was learnt: logits as they are, half as the threshold, no
    /// sets.</summary>
    public static TrustSettings None { get; } =
        new(0, 1, new OperatingPoint(0.5, null, null, null), new ConformalSettings(0.95, []));
}

/// <summary>Where the line between tumour and healthy is drawn.</summary>
/// <param name="Threshold">The smallest calibrated tumour probability that is called a tumour, 0 to 1.</param>
/// <param name="WantedSensitivity">The sensitivity that it was chosen for; null where it was not chosen.</param>
/// <param name="Sensitivity">The sensitivity at it on validation; null where it was not measured.</param>
/// <param name="Specificity">The specificity at it on validation; null where it was not measured.</param>
public sealed record OperatingPoint(
    double Threshold, double? WantedSensitivity, double? Sensitivity, double? Specificity);

/// <summary>The limits of conformal sets: label by label, as Sadinle, Lei and Wasserman 2019, "Least Ambiguous Set-Valued
/// Classifiers", have it.</summary>
/// <param name="Coverage">The share of images of each label whose set is to hold it, such as 0.95.</param>
/// <param name="Least">[L]: the smallest calibrated probability with which a label is in the set; null for a label that
/// had too few validation images, which is in no set. Empty where no sets are made.</param>
/// <param name="Images">[L]: validation images of each label; null in packages that were written before it was said.</param>
public sealed record ConformalSettings(
    double Coverage,
    IReadOnlyList<double?> Least,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<int>? Images = null)
{
    /// <summary>Whether any label has a limit: without one no set promises anything.</summary>
    public bool MakesSets => Least.Any(limit => limit is not null);

    /// <summary>How many validation images a label needs to get a limit: with fewer, leaving out even the rarest would be
    /// more than the coverage allows.</summary>
    public int LeastImages => (int)Math.Min(Math.Ceiling((Coverage / (1 - Coverage)) - 1e-6), int.MaxValue);

    /// <summary>Why a label is in no set, as the rest of a sentence; null where it has a limit.</summary>
    /// <param name="label">Its index.</param>
    /// <param name="labels">The labels.</param>
    public string? Missing(int label, LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (label < Least.Count && Least[label] is not null) return null;
        if (labels.Allowed(label).Count > 1) return "its images may be of any type";
        var few = Images is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Images[label]})");
        return string.Create(CultureInfo.InvariantCulture, $"too few validation images{few}: {LeastImages} are needed");
    }

    /// <summary>The labels of an image's set, by their indices, the most probable first. Empty where no label is as
    /// probable as it nearly always is on images of that label: the image is unlike all of them.</summary>
    /// <param name="probabilities">[L], calibrated.</param>
    public IReadOnlyList<int> Set(IReadOnlyList<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        return [.. Enumerable.Range(0, Least.Count).Where(label => probabilities[label] >= Least[label])
            .OrderByDescending(label => probabilities[label])];
    }
}
