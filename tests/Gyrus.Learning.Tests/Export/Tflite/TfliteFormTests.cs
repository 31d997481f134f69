using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Google.FlatBuffers;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Forms;
using Gyrus.Learning.Export.Int8;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Weights.Tflite;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Learning.Tests.Export.Tflite;

/// <summary>TensorFlow Lite's own runtime, LiteRT.js, computes what is written for it.</summary>
public sealed class TfliteFormTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, bool> All => new(Backbone.All.SelectMany(_ => new[] { false, true }, (backbone, float16) => (backbone.Name, float16)));

    public static TheoryData<string> Names => [.. Backbone.All.Select(backbone => backbone.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public async Task LiteRT_computes_the_same_probabilities(string backbone, bool float16)
    {
        var (graph, tensors) = DrawnClassifier.Network(Backbone.Named(backbone), PublishedLabels.Set, 7);
        if (float16) tensors = Float16Weights.Round(tensors);
        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, Model(backbone, graph, tensors), float16);

        var found = await Answer();

        Assert.Equal(float16 ? 2 : 4, (double)new FileInfo(path).Length / tensors.Tensors.Sum(tensor => tensor.Values.Length), 0.1);
        var wanted = DrawnClassifier.Probabilities(graph, tensors);
        Assert.True(wanted.Max() - wanted.Min() > 0.01);
        Assert.Equal(wanted, found, (one, other) => Math.Abs(one - other) < 1e-4);
    }

    /// <summary>What LiteRT makes of whole numbers is what the network that is read back says, but for roundings that fall the other way.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task LiteRT_computes_in_eight_bits_what_is_read_back(string backbone)
    {
        var (graph, tensors) = Undecided(Backbone.Named(backbone));
        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, Model(backbone, graph, tensors), ranges: Ranges(Backbone.Named(backbone), graph, tensors));
        var (readGraph, readTensors) = ModelForms.Read(path, ModelForm.Tflite);

        var found = await Answer();

        Assert.InRange((double)new FileInfo(path).Length / tensors.Tensors.Sum(tensor => tensor.Values.Length), 1, 1.3);
        float[] whole = DrawnClassifier.Probabilities(graph, tensors), rounded = DrawnClassifier.Probabilities(readGraph, readTensors);
        TestContext.Current.TestOutputHelper!.WriteLine($"{backbone}: LiteRT to read back {ModelForms.Largest(rounded, found)}, LiteRT to float32 {ModelForms.Largest(whole, found)}");
        Assert.InRange(ModelForms.Largest(rounded, found), 0, 0.02);
        Assert.InRange(ModelForms.Largest(whole, found), 1e-6, 0.2);
        Assert.NotEmpty(readGraph.Layers.OfType<Rounding>());
    }

    [Fact]
    public void Kernels_in_eight_bits_have_a_scale_for_each_filter_and_zeros_of_zero()
    {
        var (graph, tensors) = DrawnClassifier.Network(Backbone.MobileNetV2, PublishedLabels.Set);

        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, Model("mobilenetv2", graph, tensors), ranges: Ranges(Backbone.MobileNetV2, graph, tensors));

        var file = FlatTable.Root(new ByteBuffer(File.ReadAllBytes(path))).Tables(2)[0].Tables(0);
        foreach (var layer in graph.Layers.Where(layer => layer is Convolution or DepthwiseConvolution))
        {
            var kernel = file.Single(tensor => tensor.Text(3) == layer.Variables[0].Name);
            bool perChannel = layer is DepthwiseConvolution;
            int filters = kernel.Numbers(0)[perChannel ? 3 : 0];
            Assert.Equal((9, perChannel ? 3 : 0), (kernel.Small(1), kernel.Inner(4).Number(6)));
            Assert.Equal(filters, kernel.Inner(4).Fractions(2).Distinct().Count());
            Assert.Equal(Enumerable.Repeat(0L, filters), kernel.Inner(4).LongNumbers(3));
        }
        // A kernel that is read back is off by half a step of its filter at most.
        var (_, readTensors) = ModelForms.Read(path, ModelForm.Tflite);
        var (before, after) = (tensors["Conv1/kernel"].Values, readTensors.Tensors.First(tensor => tensor.Name.EndsWith("/kernel", StringComparison.Ordinal)).Values);
        float largest = before.Max(Math.Abs);
        Assert.All(before.Zip(after), pair => Assert.Equal(pair.First, pair.Second, 0.51f * largest / 127));
    }

    [Theory]
    [InlineData("resnet18", 0, new[] { 103.939f, 116.779f, 123.68f }, new[] { 1f, 1f, 1f })]
    [InlineData("densenet121", 1, new[] { 123.675f, 116.28f, 103.53f }, new[] { 58.395f, 57.12f, 57.375f })]
    [InlineData("mobilenetv2", 1, new[] { 127.5f, 127.5f, 127.5f }, new[] { 127.5f, 127.5f, 127.5f })]
    public void Programs_of_TensorFlow_Lite_find_scaling_and_labels_where_they_look_for_them(string backbone, int colours, float[] means, float[] deviations)
    {
        var (graph, tensors) = DrawnClassifier.Network(Backbone.Named(backbone), PublishedLabels.Set);

        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, Model(backbone, graph, tensors));

        using (var zip = ZipFile.OpenRead(path))
        {
            var entry = Assert.Single(zip.Entries);
            Assert.Equal(("labels.txt", entry.Length), (entry.FullName, entry.CompressedLength));
            using var labels = new StreamReader(entry.Open());
            Assert.Equal(PublishedLabels.Set.Names, labels.ReadToEnd().Split('\n'));
        }
        var model = FlatTable.Root(new ByteBuffer(File.ReadAllBytes(path)));
        var note = model.Tables(6).Single(metadata => metadata.Text(0) == "TFLITE_METADATA");
        byte[] bytes = model.Tables(4)[note.Number(1)].Bytes(0);
        Assert.Equal("M001", Encoding.ASCII.GetString(bytes[4..8]));
        var known = FlatTable.Root(new ByteBuffer(bytes));
        var scan = Assert.Single(known.Tables(3)[0].Tables(2));
        var (image, unit) = (scan.Inner(3).Inner(1), Assert.Single(scan.Tables(4)));
        Assert.Equal((2, colours, DrawnClassifier.Size), (scan.Inner(3).Small(0), image.Small(0), image.Inner(1).Number(0)));
        Assert.Equal(1, unit.Small(0));
        Assert.Equal(means, unit.Inner(1).Fractions(0), (wanted, found) => Math.Abs(wanted - found) < 1e-3);
        Assert.Equal(deviations, unit.Inner(1).Fractions(1), (wanted, found) => Math.Abs(wanted - found) < 1e-3);
        var file = Assert.Single(Assert.Single(known.Tables(3)[0].Tables(3)).Tables(6));
        Assert.Equal(("labels.txt", 2), (file.Text(0), file.Small(2)));
    }

    /// <summary>A network whose largest logit is 2, so that no probability hides what differs.</summary>
    private static (LayerGraph Graph, TensorTable Tensors) Undecided(Backbone backbone)
    {
        var (graph, tensors) = DrawnClassifier.Network(backbone, PublishedLabels.Set, 7);
        float factor = 2 / DrawnClassifier.Logits(graph, tensors).Max(Math.Abs);
        return (graph, new TensorTable(tensors.Tensors.Select(tensor =>
            tensor.Name.StartsWith(graph.Output + "/", StringComparison.Ordinal) ? tensor with { Values = Array.ConvertAll(tensor.Values, value => value * factor) } : tensor)));
    }

    private static KerasModel Model(string backbone, LayerGraph graph, TensorTable tensors) =>
        new("model", graph, tensors, PublishedLabels.Set, Backbone.Named(backbone).Preprocessing(size: DrawnClassifier.Size));

    private static IReadOnlyDictionary<string, ValueRange> Ranges(Backbone backbone, LayerGraph graph, TensorTable tensors)
    {
        var model = new OnnxModel(graph, tensors, DrawnClassifier.Size, backbone.FeatureMap, backbone.Graph.Output, OnnxModel.UsualNames, Float16: false) { Labels = PublishedLabels.Set };
        return Int8Exporter.Calibrate(model, [DrawnClassifier.Image, .. Enumerable.Range(6, 4).Select(seed => RandomWeights.Image(DrawnClassifier.Size, seed))]).LayerRanges(1);
    }

    /// <summary>What LiteRT.js makes of <c>model.tflite</c> and the drawn image, in a browser.</summary>
    private Task<float[]> Answer()
    {
        var cache = Path.Combine(Environment.GetEnvironmentVariable("GYRUS_CACHE") ?? "", "litert");
        Assert.SkipUnless(File.Exists(Path.Combine(cache, "core.js")), "needs LiteRT.js in $GYRUS_CACHE/litert, from the npm packages @litertjs/core and @litertjs/wasm-utils");
        File.WriteAllText(_folder.File("input.json"), JsonSerializer.Serialize(DrawnClassifier.ChannelsLast));
        File.WriteAllText(_folder.File("index.html"), """
            <!doctype html><script type="importmap">{"imports": {"@litertjs/core": "/core.js", "@litertjs/wasm-utils": "/wasm-utils.js"}}</script>
            <script type="module">
              import { loadLiteRt, loadAndCompile, Tensor } from '@litertjs/core';
              window.answer = (async () => {
                await loadLiteRt('/wasm/');
                const model = await loadAndCompile('/model.tflite', { accelerator: 'wasm' });
                const input = await (await fetch('/input.json')).json();
                const size = Math.round(Math.sqrt(input.length / 3));
                const results = await model.run(new Tensor(new Float32Array(input), [1, size, size, 3]));
                return Array.from(results[0].toTypedArray());
              })();
            </script>
            """);
        return InBrowser.Answer(_folder, cache);
    }
}
