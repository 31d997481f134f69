using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>One pass of values through a network that TorchSharp computes: what a layer needs besides what it takes.</summary>
/// <param name="variables">The network's weights by name, in PyTorch's layout.</param>
/// <param name="epsilon">The number under batch norm's root.</param>
/// <param name="training">Whether this is a step of training.</param>
/// <param name="bfloat16">Whether a step of training computes convolutions in bfloat16.</param>
/// <param name="generator">What is drawn in training is drawn of it.</param>
/// <param name="device">Where the weights are.</param>
public sealed class TorchPass(
    IReadOnlyDictionary<string, Tensor> variables, double epsilon, bool training, bool bfloat16, Generator generator, Device device)
{
    /// <summary>Where the weights are, and the values have to be.</summary>
    public Device Device => device;

    /// <summary>Whether this is a step of training.</summary>
    public bool IsTraining => training;

    /// <summary>What is drawn in training is drawn of it, on the processor.</summary>
    public Generator Generator => generator;

    /// <summary>The number under batch norm's root.</summary>
    public double BatchNormEpsilon => epsilon;

    /// <summary>A layer's weight, float32, in PyTorch's layout.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="variable">The weight's name without the layer's, as <c>kernel</c>.</param>
    public Tensor Weight(Layer layer, string variable) => variables[layer.VariableName(variable)];

    /// <summary>A tensor at the precision at which convolutions are computed now.</summary>
    public Tensor Rounded(Tensor x) => bfloat16 && training ? x.to(ScalarType.BFloat16) : x;
}
