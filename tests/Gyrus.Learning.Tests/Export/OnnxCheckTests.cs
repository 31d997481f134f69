using Gyrus.Imaging.Labels;
using Gyrus.Learning.Export;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Tests.Layers;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using TorchSharp;
using Xunit;

namespace Gyrus.Learning.Tests.Export;

public sealed class OnnxCheckTests : IDisposable
{
    private const int Size = 33;
    private const double Epsilon = 1e-3;

    private readonly TempFolder _folder = new();
    private readonly float[][] _images = [.. Enumerable.Range(0, 11)
        .Select(i => RandomWeights.Image(Size, seed: i))];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Require_of_an_export_and_the_TorchSharp_network_passes(bool float16)
    {
        var graph = SmallNetworks.EveryLayer;
        var (folded, tensors) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 20), Epsilon);
        var path = Export(folded, tensors, float16);
        using var network = new TorchNetwork(folded, float16 ? Float16Weights.Round(tensors) : tensors, Epsilon);
        network.eval();

        var difference = OnnxCheck.Require(path, OnnxModel.UsualNames, Size, _images, batch => Predict(network, batch));

        Assert.InRange(difference, 0, 1e-6);
    }

    [Fact]
    public void Require_of_another_network_fails()
    {
        var graph = SmallNetworks.EveryLayer;
        var (folded, tensors) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 21), Epsilon);
        var path = Export(folded, tensors, float16: false);
        var changed = tensors["conv2/kernel"] with { Values = new float[tensors["conv2/kernel"].Values.Length] };
        var others = new TensorTable(tensors.Tensors.Select(tensor => tensor.Name == changed.Name ? changed : tensor));
        using var network = new TorchNetwork(folded, others, Epsilon);
        network.eval();

        var error = Assert.Throws<GyrusException>(() => OnnxCheck.Require(
            path, OnnxModel.UsualNames, Size, _images, batch => Predict(network, batch)));

        Assert.StartsWith(path, error.Message);
    }

    [Fact]
    public void Require_fails_where_a_probability_is_no_number()
    {
        var graph = SmallNetworks.EveryLayer;
        var (folded, tensors) = BatchNormFolding.Fold(graph, RandomWeights.For(graph, seed: 22), Epsilon);
        var path = Export(folded, tensors, float16: false);

        Assert.Throws<GyrusException>(() => OnnxCheck.Require(path, OnnxModel.UsualNames, Size, _images,
            batch => [.. Enumerable.Repeat(float.NaN, 7 * batch.Length / (3 * Size * Size))]));
    }

    [Fact]
    public void Compare_of_a_file_that_is_no_model_names_the_file()
    {
        var path = _folder.File("broken.onnx");
        File.WriteAllText(path, "no model");

        var error = Assert.Throws<GyrusException>(
            () => OnnxCheck.Compare(path, OnnxModel.UsualNames, Size, _images, batch => []));
        Assert.Contains("broken.onnx", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private string Export(LayerGraph graph, TensorTable tensors, bool float16)
    {
        var path = _folder.File("model.onnx");
        OnnxExporter.Write(path, new OnnxModel(graph, tensors, Size, SmallNetworks.Map, SmallNetworks.Features,
            OnnxModel.UsualNames, float16)
        {
            Labels = PublishedLabels.Set,
        });
        return path;
    }

    private static float[] Predict(TorchNetwork network, float[] batch)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var input = torch.tensor(batch).reshape(-1, 3, Size, Size);
        return network.forward(input).softmax(1).data<float>().ToArray();
    }
}
