using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;

namespace Gyrus.Learning.Heads;

/// <summary>First weights of a head, as Keras's dense layer draws them.</summary>
internal static class HeadWeights
{
    /// <summary>
    /// Kernels uniform within sqrt(6 / (in + out)), biases zero: Glorot and Bengio 2010, Keras's default.
    /// </summary>
    public static TensorTable Draw(LayerGraph head, long seed)
    {
        var random = new SeededRandom((int)(seed ^ (seed >> 32)));
        return new TensorTable(head.Variables.Select(variable => Draw(variable, random)));
    }

    private static NamedTensor Draw(LayerVariable variable, SeededRandom random)
    {
        var values = new float[variable.Length];
        if (variable.Shape.Count == 2)
        {
            double limit = Math.Sqrt(6.0 / (variable.Shape[0] + variable.Shape[1]));
            for (int i = 0; i < values.Length; i++) values[i] = (float)(((random.NextDouble() * 2) - 1) * limit);
        }
        return new NamedTensor(variable.Name, variable.Shape, values);
    }
}
