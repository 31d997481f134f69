using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Gyrus.Learning.Tensors;
using PureHDF;
using PureHDF.Filters;
using PureHDF.VOL.Native;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>How Keras 3 addresses layers.</summary>
internal enum Addressing
{
    Class,
    ClassWithName,
    Name,
}

/// <summary>Writes layers in each of the layouts that people have.</summary>
internal static class KerasFiles
{
    public static void Tfjs(
        string folder, IReadOnlyList<FileLayer> layers, double? epsilon, int shards = 3, bool half = false)
    {
        byte[] bytes = [.. layers.SelectMany(layer => layer.Tensors).SelectMany(tensor => half
            ? MemoryMarshal.AsBytes(Halves(tensor).AsSpan()).ToArray()
            : MemoryMarshal.AsBytes(tensor.Values.AsSpan()).ToArray())];
        int size = (bytes.Length / shards) + 1;
        var paths = Enumerable.Range(0, shards).Select(i => $"group1-shard{i + 1}of{shards}.bin").ToArray();
        foreach (var (i, path) in paths.Index())
            File.WriteAllBytes(Path.Combine(folder, path), bytes[(i * size)..Math.Min(bytes.Length, (i + 1) * size)]);
        var model = new Dictionary<string, object>
        {
            ["format"] = "layers-model",
            ["weightsManifest"] = new[]
            {
                new
                {
                    paths,
                    weights = layers.SelectMany(layer => layer.Tensors.Select(tensor => Weight(layer, tensor, half))),
                },
            },
        };
        if (epsilon is { } value) model["modelTopology"] = new { model_config = Config(layers, value) };
        File.WriteAllText(Path.Combine(folder, "model.json"), JsonSerializer.Serialize(model));
    }

    private static Dictionary<string, object> Weight(FileLayer layer, NamedTensor tensor, bool half)
    {
        var weight = new Dictionary<string, object>
        {
            ["name"] = $"{layer.Name}/{FileLayer.Variable(tensor)}",
            ["shape"] = tensor.Shape,
            ["dtype"] = "float32",
        };
        if (half) weight["quantization"] = new { dtype = "float16", original_dtype = "float32" };
        return weight;
    }

    /// <summary>The layout of <c>layer_names</c> and <c>weight_names</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="wholeModelEpsilon">Writes a whole model with this epsilon in its topology.</param>
    /// <param name="inner">Puts the layers into an inner model of this name.</param>
    /// <param name="keras1">Uses Keras 1's names of weights.</param>
    /// <param name="nameParts">The number of attributes that a list of names is cut into.</param>
    /// <param name="creation">How data sets are stored.</param>
    /// <param name="half">Stores float16.</param>
    /// <param name="config">Writes a whole model with this configuration.</param>
    public static void LegacyH5(
        string path,
        IReadOnlyList<FileLayer> layers,
        double? wholeModelEpsilon = null,
        string? inner = null,
        bool keras1 = false,
        int nameParts = 1,
        H5DatasetCreation? creation = null,
        bool half = false,
        string? config = null)
    {
        var weights = new H5Group();
        var groups = inner is null
            ? layers.Select(layer => (layer.Name, Layers: (IReadOnlyList<FileLayer>)[layer]))
            : [(inner, layers), ("dense_9", [new FileLayer("dense_9", "Dense", [new("x/kernel", [2], [1, 2])])])];
        foreach (var (name, members) in groups)
        {
            var group = new H5Group();
            var names = new List<string>();
            foreach (var layer in members)
            {
                foreach (var tensor in layer.Tensors)
                {
                    var weight = keras1
                        ? $"{layer.Name}_{Keras1Name(FileLayer.Variable(tensor))}:0"
                        : $"{layer.Name}/{FileLayer.Variable(tensor)}:0";
                    names.Add(weight);
                    Put(group, weight, Dataset(tensor, creation, half));
                }
            }
            AddNames(group, "weight_names", names, parts: 1);
            Put(weights, name, group);
        }
        AddNames(weights, "layer_names", [.. groups.Select(group => group.Item1)], nameParts);
        var file = new H5File();
        if (wholeModelEpsilon is { } epsilon) config = JsonSerializer.Serialize(Config(layers, epsilon));
        if (config is not null)
        {
            file["model_weights"] = weights;
            file.Attributes["model_config"] = config;
        }
        else
        {
            foreach (var (name, group) in weights) file[name] = group;
            foreach (var (name, value) in weights.Attributes) file.Attributes[name] = value;
        }
        file.Write(path);
    }

    /// <summary>The layout of <c>layers/ADDRESS/vars/0</c>.</summary>
    public static void Keras3H5(
        Stream stream, IReadOnlyList<FileLayer> layers, Addressing addressing, string? inner = null,
        string container = "layers", int step = 1)
    {
        var members = new H5Group();
        var used = new Dictionary<string, int>();
        foreach (var layer in layers)
        {
            var stem = Snake(layer.KerasClass);
            int number = used.GetValueOrDefault(stem);
            used[stem] = number + step;
            var vars = new H5Group();
            foreach (var (i, tensor) in layer.Tensors.Index())
                vars[i.ToString(CultureInfo.InvariantCulture)] = Dataset(tensor, null, half: false);
            if (addressing == Addressing.ClassWithName) vars.Attributes["name"] = layer.Name;
            var address = addressing == Addressing.Name ? layer.Name : number == 0 ? stem : $"{stem}_{number}";
            members[address] = new H5Group { ["vars"] = vars };
        }
        var file = new H5File { ["vars"] = new H5Group() };
        file[container] = inner is null ? members : new H5Group
        {
            [inner] = new H5Group { ["layers"] = members, ["vars"] = new H5Group() },
            ["dense"] = new H5Group { ["vars"] = new H5Group { ["0"] = new float[] { 1, 2 } } },
        };
        file.Write(stream);
    }

    /// <summary>A <c>.keras</c> file.</summary>
    public static void Zip(string path, IReadOnlyList<FileLayer> layers, double epsilon, Addressing addressing) =>
        Zip(path, layers, JsonSerializer.Serialize(Config(layers, epsilon)), addressing);

    /// <summary>A <c>.keras</c> file with a configuration of its own.</summary>
    public static void Zip(string path, IReadOnlyList<FileLayer> layers, string configuration, Addressing addressing)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        using (var config = zip.CreateEntry("config.json").Open())
            config.Write(System.Text.Encoding.UTF8.GetBytes(configuration));
        using var memory = new MemoryStream();
        Keras3H5(memory, layers, addressing);
        using var weights = zip.CreateEntry("model.weights.h5", CompressionLevel.NoCompression).Open();
        weights.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    private static object Config(IReadOnlyList<FileLayer> layers, double epsilon) => new
    {
        class_name = "Functional",
        config = new
        {
            name = "model",
            layers = layers.Select(layer => new
            {
                class_name = layer.KerasClass,
                config = layer.KerasClass == "BatchNormalization"
                    ? (object)new { name = layer.Name, epsilon }
                    : new { name = layer.Name },
            }),
        },
    };

    private static void AddNames(H5Group group, string attribute, List<string> names, int parts)
    {
        if (parts == 1)
        {
            group.Attributes[attribute] = names.ToArray();
            return;
        }
        foreach (var (i, part) in names.Chunk((names.Count / parts) + 1).Index())
            group.Attributes[attribute + i.ToString(CultureInfo.InvariantCulture)] = part;
    }

    private static void Put(H5Group group, string path, object dataset)
    {
        var segments = path.Split('/');
        foreach (var segment in segments[..^1])
        {
            if (!group.TryGetValue(segment, out var child)) group[segment] = child = new H5Group();
            group = (H5Group)child;
        }
        group[segments[^1]] = dataset;
    }

    private static H5Dataset Dataset(NamedTensor tensor, H5DatasetCreation? creation, bool half)
    {
        // How many values a Normalization has seen: a whole number without axes.
        if (tensor.Shape.Count == 0) return new H5Dataset<long>((long)tensor.Values[0]);
        ulong[] dims = [.. tensor.Shape.Select(size => (ulong)size)];
        uint[]? chunks = creation is null ? null : [.. tensor.Shape.Select(size => (uint)Math.Max(1, size / 2))];
        return new H5Dataset(
            half ? Halves(tensor) : tensor.Values,
            chunks: chunks,
            fileDims: dims,
            datasetCreation: creation ?? new H5DatasetCreation());
    }

    public static H5DatasetCreation Compressed { get; } = new(Filters: [ShuffleFilter.Id, DeflateFilter.Id]);

    private static Half[] Halves(NamedTensor tensor) => Array.ConvertAll(tensor.Values, value => (Half)value);

    private static string Keras1Name(string variable) => variable switch
    {
        "kernel" => "W",
        "bias" => "b",
        "moving_mean" => "running_mean",
        "moving_variance" => "running_std",
        _ => variable,
    };

    private static string Snake(string keras) => keras switch
    {
        "Conv2D" => "conv2d",
        "SeparableConv2D" => "separable_conv2d",
        "DepthwiseConv2D" => "depthwise_conv2d",
        "Normalization" => "normalization",
        "BatchNormalization" => "batch_normalization",
        _ => "dense",
    };
}
