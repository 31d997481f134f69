using System.Text.Json;
using System.Text.Json.Serialization;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>All that decides what a training run gives. Two runs of one recipe on one kind of machine are equal.</summary>
/// <param name="Backbone">One of <see cref="Backbones.Backbone.Names"/>.</param>
/// <param name="Preprocessing">How scans become the network's input.</param>
/// <param name="Float16">
/// Whether the frozen backbone's kernels are rounded to float16 before features are computed, so that an export that
/// stores them so is the network that was trained and not one near it. Not for fine-tuning.
/// </param>
/// <param name="Head">The classifier behind the backbone.</param>
/// <param name="Training">The recipe of the optimisation.</param>
/// <param name="FineTune">How the backbone is fitted; null where it is frozen.</param>
/// <param name="WeightsHash">SHA-256 of the pretrained backbone's tensors.</param>
/// <param name="DataHash">SHA-256 over the images' hashes and labels.</param>
/// <param name="SplitHash">SHA-256 over the images' hashes and parts.</param>
public sealed record RunRecipe(
    string Backbone,
    Preprocessing Preprocessing,
    bool Float16,
    HeadOptions Head,
    TrainingOptions Training,
    FineTuneOptions? FineTune,
    string WeightsHash,
    string DataHash,
    string SplitHash)
{
    /// <summary>The labels and what they mean; null for the published ones, as in runs from before there were others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScanLabel>? Labels { get; init; }

    /// <summary>SHA-256 of the first weights where they were another run's; else empty.</summary>
    public string StartHash { get; init; } = "";

    /// <summary>What it learnt from, and how much; null where from labels alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DistilOptions? Distil { get; init; }

    /// <summary>The labels as a set.</summary>
    /// <exception cref="GyrusException">They are none.</exception>
    public LabelSet LabelSet() => Labels is { } labels ? new LabelSet(labels) : PublishedLabels.Set;

    /// <summary>The recipe as JSON, which checkpoints carry.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, RunJson.Options);
}
