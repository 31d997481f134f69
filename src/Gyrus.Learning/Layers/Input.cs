using static TorchSharp.torch;

namespace Gyrus.Learning.Layers;

/// <summary>The network's input, [N, 3, size, size].</summary>
/// <param name="Name">The layer's name.</param>
public sealed record Input(string Name) : Layer(Name)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Inputs => [];

    /// <inheritdoc/>
    public override string KerasClass => "InputLayer";

    /// <inheritdoc/>
    public override bool GivesFeatures => false;

    /// <inheritdoc/>
    public override Layer Rewire(Func<string, string> map) => this;

    /// <inheritdoc/>
    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    /// <inheritdoc/>
    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => inputs[0].to(pass.Device).alias();

    /// <inheritdoc/>
    public override int Tflite(IReadOnlyList<int> inputs, LayerShape output, TfliteNodes nodes) => nodes.Value(Name, 1, output.Height, output.Width, output.Channels);

    /// <summary>Writes nothing: the value is the graph's.</summary>
    /// <inheritdoc/>
    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
    }
}
