using Gyrus.Imaging.Labels;

namespace Gyrus.Inference.Runtime;

/// <summary>A network that gives answers to batches of images, wherever it is computed.</summary>
internal interface INetwork
{
    /// <summary>The labels that it gives logits of.</summary>
    LabelSet Labels { get; }

    /// <summary>Whether the network says how unlike its training images an image is.</summary>
    bool HasNovelty { get; }

    /// <summary>What cells add to a tumour's log-odds; null where the network does not say.</summary>
    MapOutput? Evidence { get; }

    /// <summary>What cells add to each logit; null where the network does not say.</summary>
    MapOutput? LabelEvidence { get; }

    /// <summary>Computes the logits of a batch.</summary>
    /// <param name="batch">A pinned array that begins with the images, [count, 3, size, size].</param>
    /// <param name="count">The number of images.</param>
    /// <param name="logits">Takes [count, L].</param>
    /// <param name="novelty">Takes the novelties, [count], where the network gives them and it is not empty.</param>
    /// <param name="maps">Outputs that are wanted too, and what takes each, [count, maps, height, width]; the network computes no others.
    /// None where null.</param>
    void Run(float[] batch, int count, Span<float> logits, Span<float> novelty = default, IReadOnlyList<(MapOutput Output, float[] Into)>? maps = null);
}
