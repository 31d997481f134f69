using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Images of one part of a data set as a network's input: cached features, or augmented pixels.</summary>
public interface IBatchSource
{
    /// <summary>The true label of each image, as its index in <see cref="Imaging.ScanLabel.All"/>.</summary>
    IReadOnlyList<int> Labels { get; }

    /// <summary>Makes the input of some images.</summary>
    /// <param name="images">Their positions in <see cref="Labels"/>.</param>
    /// <param name="seed">Decides all that is random in it.</param>
    /// <returns>[N, …], for the caller to dispose.</returns>
    Tensor Inputs(IReadOnlyList<int> images, long seed);
}
