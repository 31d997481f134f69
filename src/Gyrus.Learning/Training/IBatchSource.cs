using Gyrus.Imaging.Labels;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>What a step learns from.</summary>
/// <param name="Inputs">[N, …], for the taker to dispose.</param>
/// <param name="Truth">[N], the label of each image as it is shown.</param>
/// <param name="Lesions">[N, Size, Size], 1 on a lesion and 0 elsewhere; all 0 where nobody drew it, or there is none. Null where no image has one
/// drawn. For the taker to dispose.</param>
public sealed record TaughtImages(Tensor Inputs, IReadOnlyList<long> Truth, Tensor? Lesions) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Inputs.Dispose();
        Lesions?.Dispose();
    }
}

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

    /// <summary>What a step learns from: the input of some images, and what is to be said of them. A source that changes what is seen on an image
    /// changes its label here.</summary>
    /// <param name="images">As of <see cref="Inputs"/>.</param>
    /// <param name="epoch">As of <see cref="Inputs"/>.</param>
    /// <param name="seed">As of <see cref="Inputs"/>.</param>
    TaughtImages Taught(IReadOnlyList<int> images, int epoch, long seed) =>
        new(Inputs(images, epoch, seed), [.. images.Select(image => (long)Labels[image])], Lesions: null);
}
