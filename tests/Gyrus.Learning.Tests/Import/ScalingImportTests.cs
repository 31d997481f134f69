using System.Text.Json.Nodes;
using Google.FlatBuffers;
using Google.Protobuf;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Forms;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Import;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Tests.Export;
using Gyrus.Learning.Tests.Weights;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Import;

/// <summary>Classifiers of other programs that scale their pixels by themselves, and such that give one number.</summary>
public sealed class ScalingImportTests : IDisposable
{
    private const int Size = DrawnClassifier.Size;

    private static readonly LabelSet Two = LabelNames.Guess(["healthy", "tumor"]);
    private static readonly float[] Mean = [0.1f, -0.2f, 0.3f], Variance = [0.5f, 2, 0.8f];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("h5", true)]
    [InlineData("h5", false)]
    [InlineData("keras", true)]
    [InlineData("keras", false)]
    public void Rescaling_and_normalisation_at_the_front_and_a_sigmoid_at_the_end_are_taken_over(string form, bool isAdapted)
    {
        var (graph, tensors) = Binary(Backbone.ResNet18);
        var path = Write(graph, tensors, form, isAdapted, json => json);

        var package = ModelImport.Write(path, _folder.File("package"), Options());

        // What Keras's documentation says of the two layers, on red, green and blue of 0 to 255.
        float[] deviations = Array.ConvertAll(Variance, MathF.Sqrt);
        float[] pixels = Pixels();
        float[] seen = [.. pixels.Select((value, i) => ((value / 127.5f) - 1 - Mean[Channel(i)]) / deviations[Channel(i)])];
        AssertAnswers(Sigmoid(Logit(graph, tensors, seen)), package, pixels);
    }

    [Fact]
    public void Scale_and_offset_may_be_one_for_each_channel_and_layers_for_training_alone_are_left_out()
    {
        var (graph, tensors) = Binary(Backbone.MobileNetV2);
        var path = Write(graph, tensors, "h5", isAdapted: false, json => json
            .Replace("\"scale\":0.00784313725490196", "\"scale\":[0.5,0.25,1]", StringComparison.Ordinal)
            .Replace("\"offset\":-1", "\"offset\":[1,2,3]", StringComparison.Ordinal)
            .Replace("\"Normalization\"", "\"RandomFlip\"", StringComparison.Ordinal));

        var package = ModelImport.Write(path, _folder.File("package"), Options());

        float[] scales = [0.5f, 0.25f, 1];
        float[] seen = [.. DrawnClassifier.Image.Select((value, i) => (value * scales[Channel(i)]) + Channel(i) + 1)];
        AssertAnswers(Sigmoid(Logit(graph, tensors, seen)), package, DrawnClassifier.Image);
    }

    [Fact]
    public void One_output_of_an_ONNX_file_is_two_labels_where_it_ends_in_a_sigmoid()
    {
        var (graph, tensors) = Binary(Backbone.ResNet18);
        var path = _folder.File("theirs.onnx");
        OnnxExporter.Write(path, new OnnxModel(graph, tensors, Size, Backbone.ResNet18.FeatureMap, "avg_pool", new ModelOutputs("x", "y", "f", "a"), Float16: false) { Labels = Two });
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        string Save(params string[] end)
        {
            var changed = model.Clone();
            var last = "y";
            foreach (var type in end)
            {
                changed.Graph.Node.Add(new NodeProto { OpType = type, Name = last + type, Input = { last }, Output = { last + type } });
                last += type;
            }
            changed.Graph.Output[0].Name = last;
            while (changed.Graph.Output.Count > 1) changed.Graph.Output.RemoveAt(1);
            File.WriteAllBytes(path, changed.ToByteArray());
            return path;
        }

        AssertAnswers(Sigmoid(Logit(graph, tensors, DrawnClassifier.Image)), ModelImport.Write(Save("Sigmoid", "Identity"), _folder.File("package"), Options()), DrawnClassifier.Image);
        Assert.Contains("no sigmoid is seen at its end", Assert.Throws<GyrusException>(() => ModelImport.Write(Save(), _folder.File("package"), Options())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_output_of_a_TensorFlow_Lite_file_is_two_labels()
    {
        var (graph, tensors) = Binary(Backbone.MobileNetV2);
        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, new KerasModel("theirs", graph, tensors, Two, new(Size, default, Normalisation.Raw)));
        File.WriteAllBytes(path, WithSigmoid(File.ReadAllBytes(path)));

        AssertAnswers(Sigmoid(Logit(graph, tensors, DrawnClassifier.Image)), ModelImport.Write(path, _folder.File("package"), Options()), DrawnClassifier.Image);
    }

    [Fact]
    public void What_one_number_cannot_mean_is_refused_with_what_to_do()
    {
        var (graph, tensors) = Binary(Backbone.ResNet18);
        string Refusal(ImportOptions options, Func<string, string> change) =>
            Assert.Throws<GyrusException>(() => ModelImport.Write(Write(graph, tensors, "h5", isAdapted: true, change), _folder.File("package"), options)).Message;

        Assert.Contains("the one that 0 stands for, and the one that 1 stands for", Refusal(Options() with { Labels = LabelNames.Guess(["a", "b", "c"]) }, json => json), StringComparison.Ordinal);
        Assert.Contains("a sigmoid before the network's end", Refusal(Options(), json => json.Replace("\"units\":5,\"activation\":\"linear\"", "\"units\":5,\"activation\":\"softmax\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("a sigmoid of several numbers", Refusal(Options(), json => json.Replace("\"units\":5,\"activation\":\"linear\"", "\"units\":5,\"activation\":\"sigmoid\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("2 numbers for 3 channels", Refusal(Options(), json => json.Replace("\"offset\":-1", "\"offset\":[1,2]", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("invert", Refusal(Options(), json => json.Replace("\"invert\":false", "\"invert\":true", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("has an axis that is not known", Refusal(Options(), json => json.Replace("\"axis\":-1,\"invert\"", "\"axis\":1,\"invert\"", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static ImportOptions Options() => new("theirs", "1.0.0", Two, Normalisation.Raw);

    private static int Channel(int place) => place / (Size * Size);

    private static float[] Pixels() => Array.ConvertAll(DrawnClassifier.Image, value => (value + 1) * 127.5f);

    /// <summary>A backbone with a head of five units and one, batch norm folded.</summary>
    private static (LayerGraph Graph, TensorTable Tensors) Binary(Backbone backbone)
    {
        var head = new HeadOptions([5], 0).Graph(backbone.FeatureCount, 1);
        var (folded, tensors) = BatchNormFolding.Fold(backbone.Graph, RandomWeights.For(backbone.Graph, seed: 2), backbone.BatchNormEpsilon);
        return (folded.Then(head).OutsideTraining(), tensors.With(RandomWeights.For(head, seed: 3)));
    }

    private static float Logit(LayerGraph graph, TensorTable tensors, float[] image)
    {
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        using var noGradient = no_grad();
        using var input = tensor(image, [1, 3, Size, Size]);
        using var logit = network.forward(input);
        return logit.item<float>();
    }

    private static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    private static void AssertAnswers(double second, ModelPackage package, float[] image)
    {
        Assert.InRange(second, 1e-4, 1 - 1e-4);
        float[] found = OnnxCheck.Probabilities(package.OnnxPath, package.Description.Outputs, Size, [image])[0];
        Assert.Equal([(float)(1 - second), (float)second], found, (float wanted, float answer) => Math.Abs(wanted - answer) < 1e-4);
    }

    /// <summary>Writes a functional model of Keras with the two layers in front, and a sigmoid at its end.</summary>
    private string Write(LayerGraph graph, TensorTable tensors, string form, bool isAdapted, Func<string, string> change)
    {
        var model = new KerasModel("theirs", graph, tensors, Two, new(Size, default, Normalisation.Raw));
        var topology = form == "h5" ? model.Topology().Keras2() : model.Topology().Keras3();
        var layers = topology["config"]!["layers"]!.AsArray();
        var last = layers[^2]!["config"]!;
        last["activation"] = "sigmoid";
        layers.RemoveAt(layers.Count - 1);
        JsonObject normalisation = new() { ["name"] = "normalization", ["axis"] = -1, ["invert"] = false, ["mean"] = null, ["variance"] = null };
        if (!isAdapted)
        {
            normalisation["mean"] = new JsonArray([.. Mean.Select(value => (JsonNode)value)]);
            normalisation["variance"] = new JsonArray([.. Variance.Select(value => (JsonNode)value)]);
        }
        // What took the input takes the normalisation.
        var entries = layers.Select(layer => layer!.ToJsonString()).ToList();
        var (input, inside) = (entries[0], entries[1].Replace($"\"{graph.Input}\"", "\"normalization\"", StringComparison.Ordinal));
        string Front(string kerasClass, string name, JsonObject config, string from)
        {
            var second = JsonNode.Parse(entries[1])!.AsObject();
            second["class_name"] = kerasClass;
            second["name"] = name;
            second["config"] = config;
            second["inbound_nodes"] = JsonNode.Parse(second["inbound_nodes"]!.ToJsonString().Replace($"\"{graph.Input}\"", $"\"{from}\"", StringComparison.Ordinal));
            return second.ToJsonString();
        }
        topology["config"]!["layers"] = new JsonArray([.. new[]
        {
            input,
            Front("Rescaling", "rescaling", new() { ["name"] = "rescaling", ["scale"] = 1 / 127.5, ["offset"] = -1 }, graph.Input),
            Front("Normalization", "normalization", normalisation, "rescaling"),
            inside,
        }.Concat(entries.Skip(2)).Select(entry => JsonNode.Parse(entry))]);
        List<FileLayer> stored = [.. model.Weighted().Select(layer => new FileLayer(layer.Layer.Name, layer.Layer.KerasClass, [.. layer.Tensors]))];
        if (isAdapted)
        {
            stored.Insert(0, new FileLayer("normalization", "Normalization", [new("normalization/mean", [3], Mean), new("normalization/variance", [3], Variance), new("normalization/count", [], [40])]));
        }
        var path = _folder.File("theirs." + form);
        var config = change(topology.ToJsonString());
        if (form == "h5") KerasFiles.LegacyH5(path, stored, config: config);
        else KerasFiles.Zip(path, stored, config, Addressing.ClassWithName);
        return path;
    }

    /// <summary>A file whose softmax is a sigmoid.</summary>
    private static byte[] WithSigmoid(byte[] bytes)
    {
        const int softmax = 25, sigmoid = 14, codesField = 6, oldCodeField = 4, codeField = 10;
        var buffer = new ByteBuffer(bytes);
        var model = new Table(buffer.GetInt(0), buffer);
        int codes = model.__offset(codesField);
        for (int i = 0; i < model.__vector_len(codes); i++)
        {
            var code = new Table(model.__indirect(model.__vector(codes) + (4 * i)), buffer);
            if (buffer.GetInt(code.__offset(codeField) + code.bb_pos) != softmax) continue;
            buffer.PutInt(code.__offset(codeField) + code.bb_pos, sigmoid);
            buffer.PutSbyte(code.__offset(oldCodeField) + code.bb_pos, sigmoid);
        }
        return bytes;
    }
}
