using Gyrus.Learning.Networks;
using static TorchSharp.torch;

namespace Gyrus.Learning.Training;

/// <summary>Probabilities that a trained network gives.</summary>
public static class Prediction
{
    /// <summary>Images a batch where no gradient is kept.</summary>
    internal const int BatchSize = 64;

    /// <summary>Probabilities of all labels for every image of a part.</summary>
    /// <param name="network">The network, from the part's input to logits.</param>
    /// <param name="part">The images.</param>
    /// <param name="batchSize">Images computed at a time.</param>
    /// <param name="progress">Told of each batch.</param>
    /// <returns>For each image [7], in the part's order.</returns>
    public static IReadOnlyList<float[]> Run(
        TorchNetwork network, IBatchSource part, int batchSize = BatchSize, IProgress<WorkProgress>? progress = null)
    {
        var all = new List<float[]>(part.Labels.Count);
        foreach (var images in Enumerable.Range(0, part.Labels.Count).Chunk(batchSize))
        {
            using var inputs = part.Inputs(images, epoch: 0, seed: 0);
            all.AddRange(Of(network, inputs));
            progress?.Report(new WorkProgress("scoring", all.Count, part.Labels.Count));
        }
        return all;
    }

    /// <summary>Probabilities of all labels for one batch.</summary>
    /// <param name="network">The network, from the inputs to logits.</param>
    /// <param name="inputs">[N, …].</param>
    /// <returns>For each image [7].</returns>
    internal static IReadOnlyList<float[]> Of(TorchNetwork network, Tensor inputs)
    {
        network.eval();
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var probabilities = nn.functional.softmax(network.call(inputs), dim: 1); // [N, 7]
        return [.. probabilities.cpu().data<float>().ToArray().Chunk((int)probabilities.shape[1])];
    }
}
