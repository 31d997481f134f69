using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>Sets a share of values to zero in training; nothing otherwise. Srivastava et al. 2014.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="From">The layer it takes.</param>
/// <param name="Rate">The share, 0 to 1.</param>
public sealed record Dropout(string Name, string From, double Rate) : UnaryLayer(Name, From)
{
    /// <inheritdoc/>
    public override string KerasClass => "Dropout";

    /// <inheritdoc/>
    public override JsonObject KerasArguments() => new() { ["rate"] = Rate };

    /// <inheritdoc/>
    public override string? HandsOn => From;

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <summary>Keeps each value with probability 1 - <see cref="Rate"/>, scaled so that the expected sum stays.</summary>
    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass)
    {
        var x = inputs[0];
        if (!pass.IsTraining) return x.alias();

        // Scalars with names: TorchSharp lets the collector free a temporary one while the native library reads it.
        using var threshold = Rate.ToScalar();
        using var scale = (1 / (1 - Rate)).ToScalar();
        using var drawn = rand(x.shape, generator: pass.Generator).to(x.device);
        using var kept = drawn.ge(threshold);
        return (x * kept).mul_(scale);
    }

    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Identity", Name, output, EightBits.SameRange, inputs[0].Name);
}
