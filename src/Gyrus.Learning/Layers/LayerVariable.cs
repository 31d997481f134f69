namespace Gyrus.Learning.Layers;

/// <summary>A weight of a layer.</summary>
/// <param name="Name"><c>layer/variable</c>, such as <c>conv1_conv/kernel</c>.</param>
/// <param name="Shape">Keras's shape.</param>
public sealed record LayerVariable(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>The number of values.</summary>
    public int Length => Shape.Aggregate(1, (product, size) => product * size);

    /// <summary>Whether it was measured on the data of the pretraining, and is never fitted.</summary>
    public bool IsStatistic { get; init; }
}
