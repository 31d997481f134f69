using System.Text.Json;
using Gyrus.Imaging.Labels;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Export.Forms;
using Gyrus.Learning.Export.Keras;
using Gyrus.Learning.Weights.Keras;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Export.Keras;

/// <summary>Models in Keras's forms: read back by Gyrus, by h5py, and computed by TensorFlow.js itself.</summary>
public sealed class KerasFormsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<string, ModelForm> All =>
    [
        .. Backbone.All.Select(backbone => backbone.Name).SelectMany(
            _ => Enum.GetValues<ModelForm>(), (name, form) => new TheoryDataRow<string, ModelForm>(name, form)),
    ];

    public static TheoryData<string> Names => [.. Backbone.All.Select(backbone => backbone.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void What_was_written_is_read_back_as_the_same_network(string backbone, ModelForm form)
    {
        var model = Model(Backbone.Named(backbone), [7]);

        var path = ModelForms.Write(_folder.Path, form, model);
        var (graph, tensors) = ModelForms.Read(path, form);

        Assert.Equal(model.Network.Layers, graph.Layers);
        Assert.All(model.Tensors.Tensors, tensor => Assert.Equal(tensor.Values, tensors[tensor.Name].Values));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TensorFlow_js_computes_the_same_probabilities(string backbone)
    {
        var cache = Environment.GetEnvironmentVariable("GYRUS_CACHE");
        var library = Path.Combine(cache ?? "", "tfjs", "tf.min.js");
        Assert.SkipUnless(cache is not null && File.Exists(library), "needs TensorFlow.js in $GYRUS_CACHE/tfjs/tf.min.js, from the npm package @tensorflow/tfjs");
        PeerProgram.Require("node");
        var model = Model(Backbone.Named(backbone), []);
        var path = ModelForms.Write(_folder.Path, ModelForm.Tfjs, model);
        File.WriteAllText(_folder.File("input.json"), JsonSerializer.Serialize(DrawnClassifier.ChannelsLast));
        File.WriteAllText(_folder.File("run.js"), """
            const fs = require('fs'), [library, folder, input] = process.argv.slice(2);
            const tf = require(library), json = JSON.parse(fs.readFileSync(`${folder}/model.json`));
            const bytes = Buffer.concat(json.weightsManifest[0].paths.map(path => fs.readFileSync(`${folder}/${path}`)));
            const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
            (async () => {
              await tf.setBackend('cpu');
              const model = await tf.loadLayersModel({ load: async () => ({ modelTopology: json.modelTopology, weightSpecs: json.weightsManifest[0].weights, weightData }) });
              const shape = [1, ...model.inputs[0].shape.slice(1)];
              console.log('answer ' + JSON.stringify(Array.from(model.predict(tf.tensor(JSON.parse(fs.readFileSync(input)), shape)).dataSync())));
            })();
            """);

        var (output, error) = PeerProgram.Run("node", [_folder.File("run.js"), library, path, _folder.File("input.json")]);

        Assert.True(output.Contains("answer ", StringComparison.Ordinal), error);
        var found = JsonSerializer.Deserialize<float[]>(output[(output.IndexOf("answer ", StringComparison.Ordinal) + 7)..])!;
        Assert.All(DrawnClassifier.Probabilities(model.Network, model.Tensors).Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void H5py_finds_every_weight_where_Keras_looks_for_it()
    {
        var python = PeerProgram.Python("h5py, numpy");
        var model = Model(Backbone.ResNet18, [7]);
        string h5 = ModelForms.Write(_folder.Path, ModelForm.H5, model), keras = ModelForms.Write(_folder.Path, ModelForm.Keras, model);
        const string script = """
            import h5py, io, json, sys, zipfile
            found = {}
            h5 = h5py.File(sys.argv[1], 'r')
            layers = [layer['config']['name'] for layer in json.loads(h5.attrs['model_config'])['config']['layers']]
            weights = h5['model_weights']
            for layer in weights.attrs['layer_names']:
                assert layer in layers, layer
                for name in weights[layer].attrs['weight_names']:
                    found[name[:-2]] = [list(weights[layer][name].shape), float(weights[layer][name][()].sum())]
            archive = zipfile.ZipFile(sys.argv[2])
            config = json.loads(archive.read('config.json'))['config']
            groups = h5py.File(io.BytesIO(archive.read('model.weights.h5')), 'r')['layers']
            inside = {groups[group]['vars'].attrs['name']: [float(groups[group]['vars'][i][()].sum()) for i in sorted(groups[group]['vars'])] for group in groups}
            print(json.dumps({'found': found, 'inside': inside, 'layers': [layer['name'] for layer in config['layers']], 'groups': sorted(groups), 'labels': json.loads(archive.read('metadata.json'))['gyrus']['labels']}))
            """;

        var (output, error) = PeerProgram.Run(python, ["-c", script, h5, keras]);

        Assert.True(output.StartsWith('{'), error);
        var answer = JsonDocument.Parse(output).RootElement;
        Assert.All(model.Tensors.Tensors, tensor =>
        {
            var weight = answer.GetProperty("found").GetProperty(tensor.Name);
            Assert.Equal(tensor.Shape, weight[0].EnumerateArray().Select(size => size.GetInt32()));
            Assert.Equal(tensor.Values.Sum(value => (double)value), weight[1].GetDouble(), 1e-2);
        });
        Assert.All(model.Weighted(), layer => Assert.Equal(
            layer.Tensors.Select(tensor => tensor.Values.Sum(value => (double)value)),
            answer.GetProperty("inside").GetProperty(layer.Layer.Name).EnumerateArray().Select(sum => sum.GetDouble()),
            (wanted, found) => Math.Abs(wanted - found) < 1e-2));
        Assert.Equal([.. model.Network.Layers.Select(layer => layer.Name), "probabilities"], answer.GetProperty("layers").EnumerateArray().Select(name => name.GetString()!));
        string[] groups = [.. answer.GetProperty("groups").EnumerateArray().Select(name => name.GetString()!)];
        Assert.Superset(new HashSet<string> { "conv2d", "conv2d_1", "zero_padding2d", "max_pooling2d", "global_average_pooling2d", "dense", "activation", "input_layer" }, groups.ToHashSet());
        Assert.Equal(PublishedLabels.Set.Names, answer.GetProperty("labels").EnumerateArray().Select(name => name.GetString()!));
    }

    [Theory]
    [InlineData("\"Conv2D\"", "\"Conv3D\"", "is a Conv3D, which is not known")]
    [InlineData("\"strides\":[2,2]", "\"strides\":[2,1]", "is not the same across and down")]
    [InlineData("\"dilation_rate\":[1,1]", "\"dilation_rate\":[2,2]", "has a dilation that is not known")]
    [InlineData("\"layers\":[", "\"rows\":[", "describes no model of layers")]
    public void A_configuration_that_is_not_known_is_refused_with_the_layer(string from, string to, string message)
    {
        var json = Model(Backbone.ResNet18, []).Topology().Keras2().ToJsonString();
        using var changed = JsonDocument.Parse(json.Replace(from, to, StringComparison.Ordinal));

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => KerasGraph.Read(changed.RootElement)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_form_that_answers_otherwise_is_refused()
    {
        Assert.Equal(0.00005, ModelForms.Require("m.keras", [0.5f, 0.5f], [0.50005f, 0.49995f]), 1e-6);
        Assert.Contains("m.keras: differs", Assert.Throws<GyrusException>(() => ModelForms.Require("m.keras", [0.5f], [0.501f])).Message, StringComparison.Ordinal);
        Assert.Throws<GyrusException>(() => ModelForms.Require("m.keras", [0.5f], [float.NaN]));
    }

    private static KerasModel Model(Backbone backbone, int[] hidden)
    {
        var (graph, tensors) = DrawnClassifier.Network(backbone, PublishedLabels.Set, hidden);
        return new("model", graph, tensors, PublishedLabels.Set, backbone.Preprocessing(size: DrawnClassifier.Size));
    }
}
