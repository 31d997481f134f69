using Gyrus.Imaging.Decoding;
using Gyrus.Inference.HeatMaps;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;

namespace Gyrus.Inference.Tests;

public sealed class DetachedClassifierTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_answer_is_the_classifiers_with_its_evidence(int views)
    {
        var package = ColourModel.Write(_temp.File("model"));
        using var network = new InferenceSession(package.OnnxPath);
        using var classifier = ScanClassifier.Open(package.Folder, new ClassifierOptions(Views: views));
        var detached = new DetachedClassifier(package.Description, Shapes(network), views);
        foreach (var seed in Enumerable.Range(0, 4))
        {
            var path = TestImage.WriteNoise(_temp.File($"{seed}.png"), 90, 70, seed);

            var input = detached.Prepare(ScanDecoder.Read(path), new HeatMapRequest(IsDrawn: false));
            var answer = detached.Answer(path, Computed(network, package.Description, detached, input));

            var expected = classifier.NewWorker().Classify([new ScanFile(path, File.ReadAllBytes(path), new HeatMapRequest(IsDrawn: false))])[0];
            Assert.Equal(expected.Probabilities, answer.Probabilities);
            Assert.Equal((expected.Label, expected.IsTumour, expected.Reason), (answer.Label, answer.IsTumour, answer.Reason));
            Assert.Equal(expected.Evidence!.Map.Values, answer.Evidence!.Map.Values);
            Assert.Equal(expected.Evidence.Area, answer.Evidence.Area);
        }
    }

    [Fact]
    public void Outputs_of_another_network_are_refused()
    {
        var package = ColourModel.Write(_temp.File("model"));
        using var network = new InferenceSession(package.OnnxPath);
        var detached = new DetachedClassifier(package.Description, Shapes(network));
        Assert.Throws<InvalidOperationException>(() => detached.Answer("scan", new Dictionary<string, float[]>()));
        detached.Prepare(ScanDecoder.Read(TestImage.WriteNoise(_temp.File("a.png"), 60, 60, 1)));

        var missing = Assert.Throws<GyrusException>(() => detached.Answer("scan", new Dictionary<string, float[]>()));
        var few = Assert.Throws<GyrusException>(() => detached.Answer("scan", new Dictionary<string, float[]> { [package.Description.Outputs.Logits] = [1, 2] }));

        Assert.Contains($"'{package.Description.Outputs.Logits}' was given with 0 values and not 7", missing.Message, StringComparison.Ordinal);
        Assert.Contains("with 2 values and not 7", few.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, IReadOnlyList<int>> Shapes(InferenceSession network) =>
        network.OutputMetadata.ToDictionary(output => output.Key, output => (IReadOnlyList<int>)output.Value.Dimensions);

    private static Dictionary<string, float[]> Computed(InferenceSession network, ModelDescription model, DetachedClassifier detached, ReadOnlyMemory<float> input)
    {
        var tensor = new DenseTensor<float>(input.ToArray(), [.. detached.InputShape]);
        using var outputs = network.Run([NamedOnnxValue.CreateFromTensor(model.Outputs.Input, tensor)], detached.Outputs);
        return outputs.ToDictionary(output => output.Name, output => output.AsEnumerable<float>().ToArray());
    }
}
