using System.Runtime.InteropServices;
using System.Text.Json;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Networks;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;
using static TorchSharp.torch;

namespace Gyrus.Learning.Tests.Networks;

/// <summary>Backbones of which no reference numbers are at hand, beside the networks of keras/src/applications built anew in TensorFlow.js, layer by layer, with the same drawn weights.</summary>
public sealed class KerasDefinitionTests : IDisposable
{
    // Halved to 9 and 5 on the way: sizes at which Keras's borders are others than at even ones.
    private const int Size = 72;

    private const string DenseNet = """
        const bn = (x, name) => norm(x, name, 1.001e-5), relu = (x, name) => tf.layers.activation({ name, activation: 'relu' }).apply(x);
        const pad = (x, n) => tf.layers.zeroPadding2d({ padding: [[n, n], [n, n]] }).apply(x);
        let x = relu(bn(conv(pad(input, 3), 'conv1_conv', 64, 7, 2, 'valid'), 'conv1_bn'), 'conv1_relu');
        x = tf.layers.maxPooling2d({ name: 'pool1', poolSize: 3, strides: 2 }).apply(pad(x, 1));
        [6, 12, 24, 16].forEach((blocks, stage) => {
          for (let block = 1; block <= blocks; block++) {
            const name = `conv${stage + 2}_block${block}`;
            let y = conv(relu(bn(x, name + '_0_bn'), name + '_0_relu'), name + '_1_conv', 128, 1, 1, 'valid');
            y = conv(relu(bn(y, name + '_1_bn'), name + '_1_relu'), name + '_2_conv', 32, 3, 1, 'same');
            x = tf.layers.concatenate({ name: name + '_concat' }).apply([x, y]);
          }
          if (stage === 3) return;
          const name = `pool${stage + 2}`, half = Math.floor(x.shape[3] * 0.5);
          x = conv(relu(bn(x, name + '_bn'), name + '_relu'), name + '_conv', half, 1, 1, 'valid');
          x = tf.layers.averagePooling2d({ name: name + '_pool', poolSize: 2, strides: 2 }).apply(x);
        });
        return relu(bn(x, 'bn'), 'relu');
        """;

    private const string MobileNet = """
        const bn = (x, name) => norm(x, name, 1e-3), relu6 = (x, name) => tf.layers.reLU({ name, maxValue: 6 }).apply(x);
        let x = relu6(bn(conv(input, 'Conv1', 32, 3, 2, 'same'), 'bn_Conv1'), 'Conv1_relu');
        let block = 0;
        const add = (filters, stride, expansion) => {
          const from = x, channels = x.shape[3], name = block ? `block_${block}_` : 'expanded_conv_';
          if (block++) x = relu6(bn(conv(x, name + 'expand', expansion * channels, 1, 1, 'same'), name + 'expand_BN'), name + 'expand_relu');
          if (stride === 2) {
            const before = 1 - (1 - (x.shape[1] % 2));
            x = tf.layers.zeroPadding2d({ name: name + 'pad', padding: [[before, 1], [before, 1]] }).apply(x);
          }
          x = tf.layers.depthwiseConv2d({ name: name + 'depthwise', kernelSize: 3, strides: stride, padding: stride === 1 ? 'same' : 'valid', useBias: false }).apply(x);
          x = relu6(bn(x, name + 'depthwise_BN'), name + 'depthwise_relu');
          x = bn(conv(x, name + 'project', filters, 1, 1, 'same'), name + 'project_BN');
          if (channels === filters && stride === 1) x = tf.layers.add({ name: name + 'add' }).apply([from, x]);
        };
        add(16, 1, 1);
        add(24, 2, 6); add(24, 1, 6);
        add(32, 2, 6); add(32, 1, 6); add(32, 1, 6);
        add(64, 2, 6); add(64, 1, 6); add(64, 1, 6); add(64, 1, 6);
        add(96, 1, 6); add(96, 1, 6); add(96, 1, 6);
        add(160, 2, 6); add(160, 1, 6); add(160, 1, 6);
        add(320, 1, 6);
        return relu6(bn(conv(x, 'Conv_1', 1280, 1, 1, 'valid'), 'Conv_1_bn'), 'out_relu');
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("densenet121", DenseNet)]
    [InlineData("mobilenetv2", MobileNet)]
    public void Features_are_those_of_the_network_that_Keras_defines(string name, string definition)
    {
        var library = Path.Combine(Environment.GetEnvironmentVariable("GYRUS_CACHE") ?? "", "tfjs", "tf.min.js");
        Assert.SkipUnless(File.Exists(library), "needs TensorFlow.js in $GYRUS_CACHE/tfjs/tf.min.js, from the npm package @tensorflow/tfjs");
        PeerProgram.Require("node");
        var backbone = Backbone.Named(name);
        var tensors = RandomWeights.For(backbone.Graph, seed: 2);
        float[] image = RandomWeights.Image(Size, seed: 6);
        using (var bytes = File.Create(_folder.File("weights.bin")))
        {
            foreach (var variable in backbone.Graph.Variables) bytes.Write(MemoryMarshal.AsBytes(tensors[variable.Name].Values.AsSpan()));
        }
        var layers = backbone.Graph.Layers.Where(layer => layer.Variables.Count > 0)
            .Select(layer => new { name = layer.Name, shapes = layer.Variables.Select(variable => variable.Shape) });
        File.WriteAllText(_folder.File("layers.json"), JsonSerializer.Serialize(layers));
        File.WriteAllText(_folder.File("image.json"), JsonSerializer.Serialize(image));
        File.WriteAllText(_folder.File("run.js"), $$"""
            const fs = require('fs'), [library, folder] = process.argv.slice(2), tf = require(library);
            const conv = (x, name, filters, kernelSize, strides, padding) => tf.layers.conv2d({ name, filters, kernelSize, strides, padding, useBias: false }).apply(x);
            const norm = (x, name, epsilon) => tf.layers.batchNormalization({ name, epsilon }).apply(x);
            const build = input => {
            {{definition}}
            };
            (async () => {
              await tf.setBackend('cpu');
              const input = tf.input({ shape: [{{Size}}, {{Size}}, 3] });
              const model = tf.model({ inputs: input, outputs: tf.layers.globalAveragePooling2d({}).apply(build(input)) });
              const bytes = fs.readFileSync(`${folder}/weights.bin`);
              let at = 0;
              const layers = JSON.parse(fs.readFileSync(`${folder}/layers.json`));
              for (const { name, shapes } of layers) {
                model.getLayer(name).setWeights(shapes.map(shape => {
                  const count = shape.reduce((a, b) => a * b, 1), values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + at, bytes.byteOffset + at + 4 * count));
                  at += 4 * count;
                  return tf.tensor(values, shape);
                }));
              }
              const weighted = model.layers.filter(layer => layer.weights.length > 0).length;
              if (weighted !== layers.length) throw new Error(`${weighted} layers with weights, not ${layers.length}`);
              const image = tf.tensor(JSON.parse(fs.readFileSync(`${folder}/image.json`)), [1, 3, {{Size}}, {{Size}}]).transpose([0, 2, 3, 1]);
              console.log('answer ' + JSON.stringify(Array.from(model.predict(image).dataSync())));
            })();
            """);

        var (output, error) = PeerProgram.Run("node", [_folder.File("run.js"), library, _folder.Path]);

        Assert.True(output.Contains("answer ", StringComparison.Ordinal), error);
        float[] wanted = JsonSerializer.Deserialize<float[]>(output[(output.IndexOf("answer ", StringComparison.Ordinal) + 7)..])!;
        using var network = new TorchNetwork(backbone.Graph, tensors, backbone.BatchNormEpsilon);
        using var noGradient = no_grad();
        using var input = tensor(image, [1, 3, Size, Size]);
        using var features = network.forward(input);
        float[] found = [.. features.data<float>()];
        Assert.Equal(backbone.FeatureCount, wanted.Length);
        double rms = Math.Sqrt(wanted.Average(value => (double)value * value));
        Assert.True(rms > 0.01);
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * rms));
    }
}
