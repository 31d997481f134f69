using Gyrus.Imaging.HeadRegion;

namespace Gyrus.Imaging.Tensors;

/// <summary>How an image is brought to the network's size.</summary>
public enum ResampleKernel
{
    /// <summary>Triangle filter whose support grows with the reduction, so that nothing aliases.</summary>
    Bilinear,

    /// <summary>The nearest pixel, as the published pipeline did it.</summary>
    Nearest,
}

/// <summary>What of a scan the network sees.</summary>
public enum Framing
{
    /// <summary>The whole image, stretched to a square.</summary>
    Whole,

    /// <summary>The head alone, grey on black, as <see cref="HeadFraming"/> cuts it out.</summary>
    Head,
}

/// <summary>Everything that stands between a decoded scan and the network's input.</summary>
/// <param name="Size">Width and height of the input in pixels.</param>
/// <param name="Kernel">The resampling kernel.</param>
/// <param name="Normalisation">The scaling of values.</param>
/// <param name="Framing">What of the scan is brought to that size; the whole of it unless given.</param>
public sealed record Preprocessing(
    int Size, ResampleKernel Kernel, Normalisation Normalisation, Framing Framing = Framing.Whole)
{
    /// <summary>The number of values of one input: 3 * Size * Size.</summary>
    public int Length => 3 * Size * Size;
}
