namespace Gyrus.Learning.Weights.Keras;

/// <summary>A layer as a weight file has it, its values not yet read.</summary>
/// <param name="Scope">The model inside the file that the layer is part of; empty for the outermost.</param>
/// <param name="Name">The layer's name in the file.</param>
/// <param name="Variables">Its weights, in the file's order.</param>
internal sealed record StoredLayer(string Scope, string Name, IReadOnlyList<StoredVariable> Variables)
{
    /// <summary>The number under a batch norm's root, where the file tells it.</summary>
    public double? Epsilon { get; init; }
}

/// <summary>A weight as a file has it.</summary>
/// <param name="Name">Its name without the layer's, as <c>kernel</c>; empty where the file only numbers it.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Read">Reads the values in C order.</param>
internal sealed record StoredVariable(string Name, IReadOnlyList<int> Shape, Func<float[]> Read);
