using System.Globalization;
using System.Text.Json;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Export;

/// <summary>Exported ONNX files in the hands of others: ONNX's own checker, and ONNX Runtime in a browser.</summary>
public sealed class OnnxPeersTests : IDisposable
{
    private const int Size = DrawnClassifier.Size;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_checker_of_ONNX_finds_nothing_and_the_notes()
    {
        var python = PeerProgram.Python("onnx");
        Write();

        var (output, error) = PeerProgram.Run(python, ["-c", """
            import json, onnx, sys
            model = onnx.load(sys.argv[1])
            onnx.checker.check_model(model, full_check=True)
            print(json.dumps(json.loads({note.key: note.value for note in model.metadata_props}['gyrus'])))
            """, _folder.File("model.onnx")]);

        Assert.True(output.StartsWith('{'), error);
        var notes = JsonDocument.Parse(output).RootElement;
        Assert.Equal(PublishedLabels.Set.Names, notes.GetProperty("labels").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal((Size, "BGR"), (notes.GetProperty("input").GetProperty("size").GetInt32(), notes.GetProperty("input").GetProperty("channels").GetString()));
    }

    [Fact]
    public async Task ONNX_Runtime_computes_the_same_logits_in_a_browser()
    {
        var cache = Path.Combine(Environment.GetEnvironmentVariable("GYRUS_CACHE") ?? "", "onnxruntime-web");
        Assert.SkipUnless(File.Exists(Path.Combine(cache, "ort.wasm.min.mjs")), "needs ONNX Runtime's WebAssembly in $GYRUS_CACHE/onnxruntime-web, from the npm package onnxruntime-web");
        var wanted = Write();
        File.WriteAllText(_folder.File("input.json"), JsonSerializer.Serialize(DrawnClassifier.Image));
        File.WriteAllText(_folder.File("index.html"), string.Create(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <script type="module">
              import * as ort from '/ort.wasm.min.mjs';
              window.answer = (async () => {
                ort.env.wasm.numThreads = 1;
                ort.env.wasm.wasmPaths = location.origin + '/';
                const session = await ort.InferenceSession.create('/model.onnx');
                const input = new Float32Array(await (await fetch('/input.json')).json());
                const results = await session.run({ input: new ort.Tensor('float32', input, [1, 3, {{Size}}, {{Size}}]) });
                return Array.from(results.logits.data);
              })();
            </script>
            """));

        var found = await InBrowser.Answer(_folder, cache);

        Assert.Equal(wanted, found, (one, other) => Math.Abs(one - other) < 1e-3 * Math.Max(1, Math.Abs(one)));
    }

    /// <summary>Writes a network as a package has it; gives its logits of the drawn image.</summary>
    private float[] Write()
    {
        var backbone = Backbone.ResNet18;
        var (graph, tensors) = DrawnClassifier.Network(backbone, PublishedLabels.Set);
        OnnxExporter.Write(_folder.File("model.onnx"), new OnnxModel(graph, tensors, Size, backbone.FeatureMap, backbone.Graph.Output, OnnxModel.UsualNames, Float16: false)
        {
            Labels = PublishedLabels.Set,
            Preprocessing = backbone.Preprocessing(size: Size),
        });
        return DrawnClassifier.Logits(graph, tensors);
    }
}
