using Gyrus.Learning.Layers;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Layers;

/// <summary>A kind of layer that Gyrus does not have: the larger of two values.</summary>
internal sealed record Maximum(string Name, string First, string Second) : Layer(Name)
{
    public override IReadOnlyList<string> Inputs => [First, Second];

    public override string KerasClass => "Maximum";

    public override Layer Rewire(Func<string, string> map) => this with { First = map(First), Second = map(Second) };

    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => inputs[0];

    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => maximum(inputs[0], inputs[1]);

    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes) =>
        nodes.Add("Max", Name, output, EightBits.OwnRange, inputs[0].Name, inputs[1].Name);
}

/// <summary>Another one: the least value of a window.</summary>
internal sealed record MinimumPooling(string Name, string From, int Size) : UnaryLayer(Name, From)
{
    public override string KerasClass => "MinimumPooling2D";

    private Window Window => new(Size, Size, Padding.Valid);

    public override LayerShape Shape(IReadOnlyList<LayerShape> inputs) => Window.Shape(inputs[0]);

    public override Tensor Torch(IReadOnlyList<Tensor> inputs, TorchPass pass) => -nn.functional.max_pool2d(-inputs[0], Size, Size);

    public override void Onnx(IReadOnlyList<OnnxValue> inputs, string output, OnnxNodes nodes)
    {
        string turned = $"{Name}/turned", largest = $"{Name}/largest";
        nodes.Add("Neg", turned, turned, EightBits.OwnRange, inputs[0].Name);
        Window.Describe(nodes.Add("MaxPool", largest, largest, EightBits.SameRange, turned), inputs[0].Shape);
        nodes.Add("Neg", Name, output, EightBits.OwnRange, largest);
    }
}
