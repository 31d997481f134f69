using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>Keras's <c>Normalization</c>: each channel less the mean that was measured on data, by the deviation.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels.</param>
public sealed record Standardisation(string Name, string From, int Channels) : UnaryLayer(Name, From)
{
    // Keras's backend.epsilon(): a deviation of nothing counts as this.
    private const double LeastDeviation = 1e-7;

    /// <inheritdoc/>
    public override string KerasClass => "Normalization";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => throw new ArgumentException($"{Name}: fold it before an export.");

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new(VariableName("mean"), [Channels]) { IsStatistic = true },
        new(VariableName("variance"), [Channels]) { IsStatistic = true },
    ];

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass)
    {
        Tensor Channel(string variable) => pass.Weight(this, variable).reshape(-1, 1, 1);
        return (inputs[0].to(ScalarType.Float32) - Channel("mean")) / Channel("variance").sqrt().clamp_min(LeastDeviation);
    }

    /// <summary>Refuses: an exported network has none.</summary>
    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        throw new ArgumentException($"{Name}: fold it before an export.");

    /// <inheritdoc/>
    public override ChannelScaling? Scaling(TensorTable tensors, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Scaling(tensors[VariableName("mean")].Values, tensors[VariableName("variance")].Values);
    }

    /// <summary>What it does with a mean and a variance.</summary>
    /// <param name="mean">[channels].</param>
    /// <param name="variance">[channels].</param>
    internal static ChannelScaling Scaling(float[] mean, float[] variance) =>
        new(Array.ConvertAll(variance, value => 1 / Math.Max(Math.Sqrt(value), LeastDeviation)), mean, new float[mean.Length]);
}
