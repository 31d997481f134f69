using Google.Protobuf;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Weights;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

public sealed class OnnxBackboneTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(AppContext.BaseDirectory, "weights", "resnet18.onnx");

    private readonly TempFolder _folder = new();

    [Fact]
    public void ResNet18_that_comes_with_Gyrus_gives_what_ONNX_Runtime_gives_behind_the_same_block_of_its_file()
    {
        // The file goes on behind the backbone's last block, whose output is named here.
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Shipped));
        model.Graph.Output.Clear();
        model.Graph.Output.Add(new ValueInfoProto { Name = model.Graph.Node.Where(node => node.OpType == "Add").ElementAt(7).Output[0] });
        File.WriteAllBytes(_folder.File("cut.onnx"), model.ToByteArray());
        var image = Array.ConvertAll(RandomWeights.Image(224, seed: 3), value => value * 100);
        using var session = new InferenceSession(_folder.File("cut.onnx"));
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], new DenseTensor<float>(image, [1, 3, 224, 224]))]);
        // [1, 512, 7, 7], before its ReLU and the mean.
        float[] wanted = [.. results[0].AsEnumerable<float>().Select(value => Math.Max(0, value)).Chunk(49).Select(cells => cells.Average())];

        using var network = Network(new WeightStore(_folder.Path).Require(Backbone.ResNet18));
        float[] found = [.. network.forward(torch.tensor(image, [1, 3, 224, 224])).data<float>()];

        Assert.Equal(512, wanted.Length);
        Assert.True(wanted.Max() > 1);
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void Weights_that_come_with_Gyrus_have_a_licence_and_are_not_downloaded()
    {
        var store = new WeightStore(_folder.Path);

        Assert.StartsWith("MIT", store.Licence(Backbone.ResNet18), StringComparison.Ordinal);
        Assert.Throws<MissingWeightsException>(() => store.Licence(Backbone.ResNet50));
        Assert.Contains("comes with Gyrus", store.Require(Backbone.ResNet18).Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("densenet121")]
    [InlineData("mobilenetv2")]
    public void Convolutions_and_norms_of_an_ONNX_file_are_taken_in_their_order(string name)
    {
        var backbone = Backbone.Named(name);
        var expected = GeneratedWeights.For(backbone) with { BatchNormEpsilon = 1e-4 };
        var graph = new GraphProto { Name = "theirs" };
        foreach (var layer in backbone.Graph.Layers.Where(layer => layer.Variables.Count > 0))
        {
            var node = new NodeProto { OpType = layer is BatchNormalisation ? "BatchNormalization" : "Conv", Name = $"n{graph.Node.Count}", Input = { "x" }, Output = { "x" } };
            if (layer is BatchNormalisation) node.Attribute.Add(new AttributeProto { Name = "epsilon", F = 1e-4f, Type = AttributeProto.Types.AttributeType.Float });
            foreach (var variable in layer.Variables)
            {
                var initializer = OnnxWeights.Initializer(expected.Tensors[variable.Name], float16: false);
                initializer.Name = $"w{graph.Initializer.Count}";
                node.Input.Add(initializer.Name);
                graph.Initializer.Add(initializer);
            }
            graph.Node.Add(node);
        }
        File.WriteAllBytes(_folder.File("theirs.onnx"), new ModelProto { IrVersion = 8, Graph = graph }.ToByteArray());

        Assert.Equal(expected.Hash(), KerasWeights.Load(_folder.File("theirs.onnx"), backbone).Hash());
    }

    [Fact]
    public void A_file_of_another_network_is_refused_with_what_differs()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Shipped));
        string Refusal(Action<ModelProto> change)
        {
            var changed = model.Clone();
            change(changed);
            File.WriteAllBytes(_folder.File("m.onnx"), changed.ToByteArray());
            return Assert.Throws<GyrusException>(() => KerasWeights.Load(_folder.File("m.onnx"), Backbone.ResNet18)).Message;
        }

        Assert.Contains("another order", Refusal(changed => changed.Graph.Node.RemoveAt(1)), StringComparison.Ordinal);
        Assert.Contains("does not fit conv1_conv/kernel", Refusal(changed => changed.Graph.Initializer.First(tensor => tensor.Name == changed.Graph.Node[0].Input[1]).Dims[0] = 65), StringComparison.Ordinal);
        Assert.Contains("no weight for conv1_bn/gamma", Refusal(changed => changed.Graph.Node[1].Input[1] = "none"), StringComparison.Ordinal);
        Assert.Contains("no graph", Refusal(changed => changed.Graph = null), StringComparison.Ordinal);
        Assert.Contains("epsilon", Refusal(changed => changed.Graph.Node[1].Attribute.First(attribute => attribute.Name == "epsilon").F = 1), StringComparison.Ordinal);
        Assert.Contains("another order", Assert.Throws<GyrusException>(() => KerasWeights.Load(Shipped, Backbone.ResNet50)).Message, StringComparison.Ordinal);
    }

    private static TorchNetwork Network(BackboneWeights weights) => new(Backbone.ResNet18.Graph, weights.Tensors, weights.BatchNormEpsilon);

    public void Dispose() => _folder.Dispose();
}
