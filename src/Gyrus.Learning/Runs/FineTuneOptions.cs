using Gyrus.Learning.Training;

namespace Gyrus.Learning.Runs;

/// <summary>Training of the backbone along with the head.</summary>
public sealed record FineTuneOptions
{
    /// <summary>
    /// The first layer whose weights are fitted, by a prefix of its name such as <c>conv5</c> or <c>block14</c>; empty,
    /// the default, fits all. Batch norm keeps its stored mean and variance throughout.
    /// </summary>
    public string FromLayer { get; init; } = "";

    /// <summary>The changes of training images.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();
}
