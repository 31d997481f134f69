using System.Text.Json.Nodes;
using Google.Protobuf;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Forms;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Import;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Onnx;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Tests.Export;
using Gyrus.Learning.Tests.Training;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Learning.Tests.Import;

/// <summary>Classifiers of other programs as packages: each answers as the network that was put into its file.</summary>
public sealed class ModelImportTests : IDisposable
{
    private const int Size = DrawnClassifier.Size;

    private static readonly LabelSet Labels = LabelNames.Guess(["glioma", "meningioma", "notumor"]);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ModelForm.Keras)]
    [InlineData(ModelForm.H5)]
    [InlineData(ModelForm.Tfjs)]
    [InlineData(ModelForm.Tflite)]
    public void A_model_of_layers_answers_as_it_did_and_says_where_from(ModelForm form)
    {
        var (graph, tensors) = DrawnClassifier.Network(Backbone.ResNet18, Labels, 6);
        var path = ModelForms.Write(_folder.Path, form, new KerasModel("theirs", graph, tensors, Labels, Preprocessing()));

        var package = ModelImport.Write(path, _folder.File("package"), Options());

        Assert.Equal(DrawnClassifier.Probabilities(graph, tensors), Answers(package), (wanted, found) => Math.Abs(wanted - found) < 1e-4);
        Assert.NotNull(package.Description.Outputs.Evidence);
        Assert.Equal((Size, Normalisation.Caffe, "imported"), (package.Description.Preprocessing.Size, package.Description.Preprocessing.Normalisation, package.Description.Backbone));
        Assert.Equal(package.Description.Labels, ModelPackage.Load(package.Folder).Description.Labels);
    }

    [Fact]
    public void A_TensorFlow_Lite_model_in_eight_bits_answers_as_its_roundings_say()
    {
        var backbone = Backbone.MobileNetV2;
        var (graph, tensors) = DrawnClassifier.Network(backbone, Labels, 6);
        var exporter = Int8Exporter.Calibrate(
            new OnnxModel(graph, tensors, Size, backbone.FeatureMap, "avg_pool", OnnxModel.UsualNames, Float16: false) { Labels = Labels }, [DrawnClassifier.Image]);
        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, new KerasModel("theirs", graph, tensors, Labels, Preprocessing()), ranges: exporter.LayerRanges(1));
        var (read, readTensors) = ModelForms.Read(path, ModelForm.Tflite);

        var package = ModelImport.Write(path, _folder.File("package"), Options());

        Assert.Equal(DrawnClassifier.Probabilities(read, readTensors), Answers(package), (wanted, found) => Math.Abs(wanted - found) < 0.02);
        Assert.NotNull(package.Description.Outputs.LabelEvidence);
    }

    [Fact]
    public void A_backbone_inside_a_sequential_model_is_taken_out_of_it_with_its_batch_norms()
    {
        var backbone = Backbone.ResNet18;
        var weights = RandomWeights.For(backbone.Graph, seed: 2);
        var head = new HeadOptions([5], 0.2).Graph(backbone.FeatureCount, Labels.Count);
        var headWeights = RandomWeights.For(head, seed: 3);
        WriteSequential(_folder.File("tfjs"), backbone, head, weights.With(headWeights));
        var (folded, tensors) = BatchNormFolding.Fold(backbone.Graph, weights, epsilon: 2e-4);

        var package = ModelImport.Write(_folder.File("tfjs"), _folder.File("package"), Options());

        Assert.Equal(DrawnClassifier.Probabilities(folded.Then(head).OutsideTraining(), tensors.With(headWeights)), Answers(package), (wanted, found) => Math.Abs(wanted - found) < 1e-4);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(true, "Softmax")]
    [InlineData(false, "Softmax, Identity")]
    public void An_ONNX_file_answers_as_it_did_whatever_its_image_and_its_end(bool channelsLast, string end)
    {
        var (graph, tensors) = DrawnClassifier.Network(Backbone.ResNet18, Labels);
        var path = WriteOnnx(graph, tensors, channelsLast, end);

        var package = ModelImport.Write(path, _folder.File("package"), Options());

        Assert.Equal(DrawnClassifier.Probabilities(graph, tensors), Answers(package), (wanted, found) => Math.Abs(wanted - found) < 1e-4);
        Assert.Null(package.Description.Outputs.Features);
    }

    [Fact]
    public void What_cannot_be_a_package_is_refused_with_what_to_do()
    {
        var (graph, tensors) = DrawnClassifier.Network(Backbone.ResNet18, Labels);
        var onnx = WriteOnnx(graph, tensors, channelsLast: false, "");
        string Refusal(string path, ImportOptions options) => Assert.Throws<GyrusException>(() => ModelImport.Write(path, _folder.File("package"), options)).Message;

        Assert.Contains("gives 3 numbers an image, and 2 labels were named", Refusal(onnx, Options() with { Labels = LabelNames.Guess(["no", "yes"]) }), StringComparison.Ordinal);
        Assert.Contains("takes images of 64 pixels, not of 224", Refusal(onnx, Options() with { Size = 224 }), StringComparison.Ordinal);
        Assert.Contains("there is no such file", Refusal(_folder.File("none"), Options()), StringComparison.Ordinal);
        File.WriteAllText(_folder.File("text.onnx"), "no network");
        Assert.Contains("cannot be read", Refusal(_folder.File("text.onnx"), Options()), StringComparison.Ordinal);
        File.WriteAllBytes(_folder.File("cut.onnx"), File.ReadAllBytes(onnx)[..5000]);
        Assert.Contains("ONNX file", Refusal(_folder.File("cut.onnx"), Options()), StringComparison.Ordinal);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(onnx));
        model.Graph.Input[0].Type.TensorType.Shape.Dim[1].DimValue = 1;
        File.WriteAllBytes(_folder.File("grey.onnx"), model.ToByteArray());
        Assert.Contains("an image of three channels is", Refusal(_folder.File("grey.onnx"), Options()), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("package")));
    }

    [Fact]
    public void A_TensorFlow_Lite_file_in_which_bytes_are_changed_or_cut_is_read_or_refused()
    {
        var head = new HeadOptions([], 0).Graph(TinyData.Backbone.FeatureCount, Labels.Count);
        var (folded, tensors) = BatchNormFolding.Fold(TinyData.Backbone.Graph, TinyData.Weights().Tensors, 1e-3);
        var path = ModelForms.Write(
            _folder.Path, ModelForm.Tflite, new KerasModel("tiny", folded.Then(head), tensors.With(RandomWeights.For(head, 1)), Labels, TinyData.Backbone.Preprocessing()));
        byte[] good = File.ReadAllBytes(path);
        var random = new Random(4);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] bad = [.. good];
            for (int change = random.Next(1, 4); change > 0; change--) bad[random.Next(8, bad.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, i % 5 == 0 ? bad[..random.Next(8, bad.Length)] : bad);
            try
            {
                Gyrus.Learning.Weights.Tflite.TfliteFile.Read(path);
            }
            catch (GyrusException e)
            {
                Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
                refused++;
            }
        }
        Assert.InRange(refused, 400, 1999);
    }

    private static ImportOptions Options() => new("theirs", "1.0.0", Labels, Normalisation.Caffe);

    private static Preprocessing Preprocessing() => new(Size, ResampleKernel.Bilinear, Normalisation.Caffe);

    /// <summary>What people write: the backbone as one layer, the mean and dense layers behind it.</summary>
    private static void WriteSequential(string folder, Backbone backbone, LayerGraph head, TensorTable weights)
    {
        var norms = backbone.Graph.Layers.OfType<BatchNormalisation>().Select(layer => layer.Name).ToHashSet();
        JsonArray layers = [];
        foreach (var layer in backbone.Graph.Layers.SkipLast(1))
        {
            JsonObject config = layer is Input ? new() { ["batch_input_shape"] = new JsonArray(null, Size, Size, 3) }
                : norms.Contains(layer.Name) ? new() { ["epsilon"] = 2e-4 } : layer.KerasArguments();
            config["name"] = layer.Name;
            layers.Add(new JsonObject
            {
                ["class_name"] = layer.KerasClass,
                ["config"] = config,
                ["name"] = layer.Name,
                ["inbound_nodes"] = layer.Inputs.Count == 0 ? new JsonArray() : new JsonArray(new JsonArray([.. layer.Inputs.Select(from => (JsonNode)new JsonArray(from, 0, 0, new JsonObject()))])),
            });
        }
        JsonObject Plain(string kerasClass, string name, JsonObject config)
        {
            config["name"] = name;
            return new() { ["class_name"] = kerasClass, ["config"] = config };
        }
        JsonArray outer =
        [
            new JsonObject { ["class_name"] = "Functional", ["config"] = new JsonObject { ["name"] = "resnet18", ["layers"] = layers } },
            Plain("GlobalAveragePooling2D", "global_average_pooling2d", []),
            Plain("Dense", "dense_1", new() { ["units"] = 5, ["activation"] = "relu", ["use_bias"] = true }),
            Plain("Dropout", "dropout", new() { ["rate"] = 0.2 }),
            Plain("Dense", "logits", new() { ["units"] = Labels.Count, ["activation"] = "softmax", ["use_bias"] = true }),
        ];
        Directory.CreateDirectory(folder);
        List<JsonNode> manifest = [];
        using var bytes = File.Create(Path.Combine(folder, "weights.bin"));
        foreach (var tensor in backbone.Graph.Variables.Concat(head.Variables).Select(variable => weights[variable.Name]))
        {
            manifest.Add(new JsonObject { ["name"] = tensor.Name, ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]), ["dtype"] = "float32" });
            bytes.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        }
        File.WriteAllText(Path.Combine(folder, "model.json"), new JsonObject
        {
            ["modelTopology"] = new JsonObject { ["model_config"] = new JsonObject { ["class_name"] = "Sequential", ["config"] = new JsonObject { ["name"] = "sequential", ["layers"] = outer } } },
            ["weightsManifest"] = new JsonArray(new JsonObject { ["paths"] = new JsonArray("weights.bin"), ["weights"] = new JsonArray([.. manifest]) }),
        }.ToJsonString());
    }

    private string WriteOnnx(LayerGraph graph, TensorTable tensors, bool channelsLast, string end)
    {
        var path = _folder.File("theirs.onnx");
        OnnxExporter.Write(path, new OnnxModel(graph, tensors, Size, Backbone.ResNet18.FeatureMap, "avg_pool", new ModelOutputs("x", "y", "f", "a"), Float16: false) { Labels = Labels });
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        if (channelsLast)
        {
            model.Graph.Input[0].Name = "images";
            var dims = model.Graph.Input[0].Type.TensorType.Shape.Dim;
            (dims[1].DimValue, dims[3].DimValue) = (Size, 3);
            var turn = new NodeProto { OpType = "Transpose", Name = "turn", Input = { "images" }, Output = { "x" } };
            turn.Attribute.Add(new AttributeProto { Name = "perm", Ints = { 0, 3, 1, 2 }, Type = AttributeProto.Types.AttributeType.Ints });
            model.Graph.Node.Insert(0, turn);
        }
        var last = "y";
        foreach (var type in end.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            model.Graph.Node.Add(new NodeProto { OpType = type, Name = last + type, Input = { last }, Output = { last + type } });
            last += type;
        }
        model.Graph.Output[0].Name = last;
        while (model.Graph.Output.Count > 1) model.Graph.Output.RemoveAt(1);
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }

    private static float[] Answers(ModelPackage package) =>
        OnnxCheck.Probabilities(package.OnnxPath, package.Description.Outputs, Size, [DrawnClassifier.Image])[0];
}
