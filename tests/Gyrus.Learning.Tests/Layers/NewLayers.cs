using Gyrus.Learning.Layers;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Layers;

/// <summary>A kind of layer that Gyrus does not have: the channels of two layers, one behind the other.</summary>
internal sealed record Concatenation(string Name, string First, string Second) : Layer(Name)
{
    public override IReadOnlyList<string> Inputs => [First, Second];

    public override string KerasClass => "Concatenate";

    public override Layer Rewire(Func<string, string> map) => this with { First = map(First), Second = map(Second) };

    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) =>
        inputs[0] with { Channels = inputs.Sum(input => input.Channels) };

    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => cat([.. inputs], 1);

    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Concat", Name, output, EightBits.OwnRange, inputs[0].Name, inputs[1].Name).With("axis", 1);
}

/// <summary>Another one: the mean of a window.</summary>
internal sealed record AveragePooling(string Name, string From, int Size) : UnaryLayer(Name, From)
{
    public override string KerasClass => "AveragePooling2D";

    private Window Window => new(Size, Size, Padding.Valid);

    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => Window.Shape(inputs[0]);

    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) =>
        nn.functional.avg_pool2d(inputs[0], Size, Size);

    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) => Window.Describe(
        nodes.Add("AveragePool", Name, output, EightBits.SameRange, inputs[0].Name), inputs[0].Shape);
}
