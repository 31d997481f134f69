using System.Text.Json;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Layers;
using Gyrus.Learning.Networks;
using Gyrus.Learning.Tensors;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Export.Tflite;

/// <summary>TensorFlow Lite's own runtime, LiteRT.js, computes what is written for it.</summary>
public sealed class TfliteFormTests : IDisposable
{
    private const int Size = 64;

    private readonly TempFolder _folder = new();

    public static TheoryData<string, bool> All => new(Backbone.All.SelectMany(_ => new[] { false, true }, (backbone, float16) => (backbone.Name, float16)));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public async Task LiteRT_computes_the_same_probabilities(string backbone, bool float16)
    {
        var cache = Path.Combine(Environment.GetEnvironmentVariable("GYRUS_CACHE") ?? "", "litert");
        Assert.SkipUnless(File.Exists(Path.Combine(cache, "core.js")), "needs LiteRT.js in $GYRUS_CACHE/litert, from the npm packages @litertjs/core and @litertjs/wasm-utils");
        var (graph, tensors) = Network(Backbone.Named(backbone));
        if (float16) tensors = Float16Weights.Round(tensors);
        var model = new KerasModel("model", graph, tensors, PublishedLabels.Set, Backbone.Named(backbone).Preprocessing(size: Size));
        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, model, float16);
        float[] image = RandomWeights.Image(Size, seed: 5); // [3, H, W]
        float[] lastChannel = [.. Enumerable.Range(0, image.Length).Select(i => image[(i % 3 * Size * Size) + (i / 3)])];
        File.WriteAllText(_folder.File("input.json"), JsonSerializer.Serialize(lastChannel));
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
        Assert.Equal(float16 ? 2 : 4, (double)new FileInfo(path).Length / tensors.Tensors.Sum(tensor => tensor.Values.Length), 0.1);
        var found = await InBrowser.Answer(_folder, cache);

        var wanted = Probabilities(graph, tensors, image);
        Assert.True(wanted.Max() - wanted.Min() > 0.01);
        Assert.Equal(wanted, found, (one, other) => Math.Abs(one - other) < 1e-4);
    }

    private static (LayerGraph Graph, TensorTable Tensors) Network(Backbone backbone)
    {
        var head = new HeadOptions([7], 0.1).Graph(backbone.FeatureCount, PublishedLabels.Set.Count);
        var (folded, tensors) = BatchNormFolding.Fold(backbone.Graph, RandomWeights.For(backbone.Graph, seed: 2), backbone.BatchNormEpsilon);
        return (folded.Then(head).OutsideTraining(), tensors.With(RandomWeights.For(head, seed: 3)));
    }

    private static float[] Probabilities(LayerGraph graph, TensorTable tensors, float[] image)
    {
        using var network = new TorchNetwork(graph, tensors, batchNormEpsilon: 0);
        using var noGradient = no_grad();
        using var input = tensor(image, [1, 3, Size, Size]);
        using var logits = network.forward(input);
        return [.. nn.functional.softmax(logits, 1).data<float>()];
    }
}
