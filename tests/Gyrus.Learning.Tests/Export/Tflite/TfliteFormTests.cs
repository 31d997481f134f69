using System.Text.Json;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Tensors;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Export.Tflite;

/// <summary>TensorFlow Lite's own runtime, LiteRT.js, computes what is written for it.</summary>
public sealed class TfliteFormTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, bool> All => new(Backbone.All.SelectMany(_ => new[] { false, true }, (backbone, float16) => (backbone.Name, float16)));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public async Task LiteRT_computes_the_same_probabilities(string backbone, bool float16)
    {
        var cache = Path.Combine(Environment.GetEnvironmentVariable("GYRUS_CACHE") ?? "", "litert");
        Assert.SkipUnless(File.Exists(Path.Combine(cache, "core.js")), "needs LiteRT.js in $GYRUS_CACHE/litert, from the npm packages @litertjs/core and @litertjs/wasm-utils");
        var (graph, tensors) = DrawnClassifier.Network(Backbone.Named(backbone), PublishedLabels.Set, 7);
        if (float16) tensors = Float16Weights.Round(tensors);
        var model = new KerasModel("model", graph, tensors, PublishedLabels.Set, Backbone.Named(backbone).Preprocessing(size: DrawnClassifier.Size));
        var path = ModelForms.Write(_folder.Path, ModelForm.Tflite, model, float16);
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
        Assert.Equal(float16 ? 2 : 4, (double)new FileInfo(path).Length / tensors.Tensors.Sum(tensor => tensor.Values.Length), 0.1);
        var found = await InBrowser.Answer(_folder, cache);

        var wanted = DrawnClassifier.Probabilities(graph, tensors);
        Assert.True(wanted.Max() - wanted.Min() > 0.01);
        Assert.Equal(wanted, found, (one, other) => Math.Abs(one - other) < 1e-4);
    }
}
