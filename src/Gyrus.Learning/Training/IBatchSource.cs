using Gyrus.Imaging.Labels;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Images of one part of a data set as a network's input: cached features, or augmented pixels.</summary>
public interface IBatchSource
{
    /// <summary>The labels that an image may have.</summary>
    LabelSet LabelSet { get; }

    /// <summary>The true label of each image, as its place in <see cref="LabelSet"/>.</summary>
    IReadOnlyList<int> Labels { get; }

    /// <summary>The images of one epoch, in the order in which it sees them: all of them unless the source says
    /// otherwise. As many in every epoch.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">1 for the first.</param>
    int[] Order(int seed, int epoch) => Seeds.Order(Labels.Count, seed, epoch);

    /// <summary>Makes the input of some images. Called from one thread at a time, but not from the same.</summary>
    /// <param name="images">Their positions in <see cref="Labels"/>.</param>
    /// <param name="epoch">1 for the first; 0 after training.</param>
    /// <param name="seed">Decides all that is random in it.</param>
    /// <returns>[N, …], for the caller to dispose.</returns>
    Tensor Inputs(IReadOnlyList<int> images, int epoch, long seed);
}
