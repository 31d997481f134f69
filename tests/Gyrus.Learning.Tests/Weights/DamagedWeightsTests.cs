using Gyrus.Learning.Weights;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

/// <summary>A damaged file costs an error that names it, whatever the damage.</summary>
public sealed class DamagedWeightsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("weights.h5")]
    [InlineData("3.weights.h5")]
    [InlineData("model.keras")]
    public void Cut_file_is_refused(string name)
    {
        var path = Write(name);
        var bytes = File.ReadAllBytes(path);

        for (int part = 0; part < 40; part++)
        {
            File.WriteAllBytes(path, bytes[..(bytes.Length * part / 40)]);
            Assert.Contains(path, Refusal(path), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("weights.h5")]
    [InlineData("3.weights.h5")]
    [InlineData("model.keras")]
    public void Changed_file_is_read_or_refused(string name)
    {
        var path = Write(name);
        var bytes = File.ReadAllBytes(path);
        var random = new Random(20240229);

        for (int i = 0; i < 100; i++)
        {
            var changed = bytes.ToArray();
            for (int k = 0; k < 3; k++) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, changed);
            if (OnFreshThread(() => KerasWeights.Load(path, SmallBackbones.ResNet)) is not { } thrown) continue;
            Assert.IsType<GyrusException>(thrown);
            Assert.Contains(path, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Tfjs_folder_without_a_shard_is_refused()
    {
        KerasFiles.Tfjs(_folder.Path, FileLayers.Of(SmallBackbones.ResNet), epsilon: null);
        File.Delete(_folder.File("group1-shard2of3.bin"));

        Assert.Contains("group1-shard2of3.bin", Refusal(_folder.Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Tfjs_folder_with_a_cut_shard_is_refused()
    {
        KerasFiles.Tfjs(_folder.Path, FileLayers.Of(SmallBackbones.ResNet), epsilon: null);
        File.WriteAllBytes(_folder.File("group1-shard3of3.bin"), [1, 2, 3]);

        Assert.Contains("bytes of its shards", Refusal(_folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    public void Tfjs_shard_outside_the_folder_is_refused(string shard)
    {
        File.WriteAllText(_folder.File("model.json"),
            $$"""{"weightsManifest":[{"paths":["{{shard}}"],"weights":[]}]}""");

        Assert.Contains("not a file beside it", Refusal(_folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"weightsManifest":7}""")]
    [InlineData("""{"weightsManifest":[{"paths":[],"weights":[{"name":"a","shape":[1e9],"dtype":"float32"}]}]}""")]
    [InlineData("""{"weightsManifest":[{"paths":[],"weights":[{"name":"a","shape":[2],"dtype":"complex"}]}]}""")]
    [InlineData("{\"weightsManifest\":")]
    public void Tfjs_model_that_breaks_the_format_is_refused(string json)
    {
        var path = _folder.File("model.json");
        File.WriteAllText(path, json);

        Assert.Contains(path, Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Unknown_file_and_missing_path_are_refused_with_what_would_do()
    {
        var path = _folder.File("weights.pth");
        File.WriteAllText(path, "nothing of the kind");

        Assert.Contains(".keras", Refusal(path), StringComparison.Ordinal);
        Assert.Contains("no such file", Refusal(_folder.File("missing.h5")), StringComparison.Ordinal);
    }

    /// <summary>Runs something on a thread that has computed nothing before. The library that reads HDF5 meets null references in
    /// damaged files, and where a thread has used the processor's tile registers (AMX), as ONNX Runtime's products of bytes do, .NET
    /// 10.0's stack for signals is too small to make an exception of one: the process would end.</summary>
    /// <returns>What it threw; null where it went well.</returns>
    private static Exception? OnFreshThread(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action));
        thread.Start();
        thread.Join();
        return thrown;
    }

    private static string Refusal(string path) =>
        Assert.IsType<GyrusException>(OnFreshThread(() => KerasWeights.Load(path, SmallBackbones.ResNet))).Message;

    private string Write(string name)
    {
        var path = _folder.File(name);
        var layers = FileLayers.Of(SmallBackbones.ResNet);
        if (name == "weights.h5")
        {
            KerasFiles.LegacyH5(path, layers, wholeModelEpsilon: 0.5, creation: KerasFiles.Compressed);
        }
        else if (name == "model.keras")
        {
            KerasFiles.Zip(path, layers, 0.5, Addressing.Class);
        }
        else
        {
            using var stream = File.Create(path);
            KerasFiles.Keras3H5(stream, layers, Addressing.Name);
        }
        return path;
    }
}
