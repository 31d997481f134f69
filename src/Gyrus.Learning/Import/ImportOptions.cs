using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;

namespace Gyrus.Learning.Import;

/// <summary>What the file of a classifier does not say.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Version">The model's version.</param>
/// <param name="Labels">The labels of its outputs, in their order; where it has one output, a sigmoid, that of 0 and that of 1.</param>
/// <param name="Normalisation">How it wants pixels scaled.</param>
public sealed record ImportOptions(string Name, string Version, LabelSet Labels, Normalisation Normalisation)
{
    /// <summary>What of a scan it sees.</summary>
    public Framing Framing { get; init; } = Framing.Whole;

    /// <summary>How scans are brought to its size.</summary>
    public ResampleKernel Kernel { get; init; } = ResampleKernel.Bilinear;

    /// <summary>Width and height of its input in pixels; 0 for what the file says.</summary>
    public int Size { get; init; }
}
