using System.Text.Json.Nodes;
using Gyrus.Learning.Tensors;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>
/// Batch normalisation with its stored statistics: Gyrus keeps them fixed in training too, as Keras does for a
/// frozen layer. Ioffe and Szegedy 2015.
/// </summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Channels">Channels.</param>
public sealed record BatchNormalisation(string Name, string From, int Channels) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "BatchNormalization";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => throw new ArgumentException($"{Name}: fold it before an export.");

    /// <inheritdoc/>
    public override IReadOnlyList<LayerVariable> Variables =>
    [
        new(VariableName("gamma"), [Channels]),
        new(VariableName("beta"), [Channels]),
        new(VariableName("moving_mean"), [Channels]) { IsStatistic = true },
        new(VariableName("moving_variance"), [Channels]) { IsStatistic = true },
    ];

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => nn.functional.batch_norm(
        inputs[0].to(ScalarType.Float32),
        pass.Weight(this, "moving_mean"),
        pass.Weight(this, "moving_variance"),
        pass.Weight(this, "gamma"),
        pass.Weight(this, "beta"),
        training: false,
        eps: pass.BatchNormEpsilon);

    /// <summary>Refuses: an exported network has none.</summary>
    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        throw new ArgumentException($"{Name}: fold it before an export.");

    /// <inheritdoc/>
    public override ChannelScaling? Scaling(TensorTable tensors, double epsilon)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        // y = gamma * (x - mean) / sqrt(variance + epsilon) + beta, equation 11 of Ioffe and Szegedy 2015.
        var gamma = tensors[VariableName("gamma")].Values;
        var variance = tensors[VariableName("moving_variance")].Values;
        var scale = new double[Channels];
        for (int c = 0; c < scale.Length; c++) scale[c] = gamma[c] / Math.Sqrt(variance[c] + epsilon);
        return new ChannelScaling(
            scale, tensors[VariableName("moving_mean")].Values, tensors[VariableName("beta")].Values);
    }
}
