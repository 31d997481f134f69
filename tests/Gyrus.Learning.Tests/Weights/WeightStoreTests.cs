using System.Security.Cryptography;
using Gyrus.Data.Downloads;
using Gyrus.Learning.Backbones;
using Gyrus.Learning.Tensors;
using Gyrus.Learning.Weights;
using Gyrus.Testing;
using Xunit;

namespace Gyrus.Learning.Tests.Weights;

public sealed class WeightStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Added_weights_are_recognised_kept_and_given_back()
    {
        var store = new WeightStore(_folder.File("store"));
        var path = _folder.File("mine.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(Backbone.Xception));

        var entry = store.Add(path, licence: "MIT");

        var expected = GeneratedWeights.For(Backbone.Xception);
        Assert.Equal("xception", entry.Backbone);
        Assert.Equal("added from mine.h5", entry.Source);
        Assert.Equal("MIT", entry.Licence);
        Assert.Equal(expected.Hash(), entry.Hash);
        Assert.Equal(entry, Assert.Single(store.List()));
        File.Delete(path);
        var weights = store.Require(Backbone.Xception);
        Assert.Equal(expected.Hash(), weights.Hash());
        Assert.Equal(1e-3, weights.BatchNormEpsilon);
        Assert.Equal("added from mine.h5", weights.Source);
    }

    [Fact]
    public async Task Downloaded_weights_are_kept_with_their_address_and_licence()
    {
        var path = _folder.File("mine.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(Backbone.Xception), keras1: true);
        var published = Published(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        using var server = new OneFile(path);
        using var client = new HttpClient(server);
        var store = new WeightStore(_folder.File("store"));

        var entry = await store.GetAsync(
            Backbone.Xception, published, client, null, TestContext.Current.CancellationToken);

        Assert.Equal(("https://example.org/weights/notop.h5", "MIT"), (entry.Source, entry.Licence));
        Assert.Equal(GeneratedWeights.For(Backbone.Xception).Hash(), store.Require(Backbone.Xception).Hash());
        Assert.Single(Directory.GetFiles(_folder.File("store")));
    }

    [Fact]
    public async Task Download_without_a_published_hash_is_checked_by_names_and_shapes()
    {
        var path = _folder.File("mine.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(Backbone.MobileNetV2));
        using var server = new OneFile(path);
        using var client = new HttpClient(server);
        var store = new WeightStore(_folder.File("store"));
        Task<WeightsEntry> Get() => store.GetAsync(Backbone.MobileNetV2, client, null, TestContext.Current.CancellationToken);

        Assert.StartsWith("Apache", (await Get()).Licence, StringComparison.Ordinal);
        Assert.Equal(GeneratedWeights.For(Backbone.MobileNetV2).Hash(), store.Require(Backbone.MobileNetV2).Hash());
        KerasFiles.LegacyH5(path, [.. FileLayers.Of(Backbone.MobileNetV2).Skip(1)]);
        Assert.Contains("missing Conv1/kernel", (await Assert.ThrowsAsync<GyrusException>(Get)).Message, StringComparison.Ordinal);
        Assert.Equal(GeneratedWeights.For(Backbone.MobileNetV2).Hash(), store.Require(Backbone.MobileNetV2).Hash());
    }

    [Fact]
    public async Task Download_with_another_hash_is_refused_and_not_kept()
    {
        var path = _folder.File("mine.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(SmallBackbones.Xception));
        using var server = new OneFile(path);
        using var client = new HttpClient(server);
        var store = new WeightStore(_folder.File("store"));

        await Assert.ThrowsAsync<DownloadException>(() => store.GetAsync(
            Backbone.Xception, Published([1, 2, 3]), client, null, TestContext.Current.CancellationToken));

        Assert.Empty(store.List());
    }

    [Fact]
    public void Published_files_are_Kerass()
    {
        // As keras-team/keras has them in keras/src/applications: resnet.py, xception.py, densenet.py, and mobilenet_v2.py, which has no hash.
        Assert.Equal("4d473c1dd8becc155b73f8504c6f6626", Backbone.ResNet50.Published!.Hash!.Hex);
        Assert.Equal("b0042744bf5b25fce3cb969f33bebb97", Backbone.Xception.Published!.Hash!.Hex);
        Assert.Equal("30ee3e1110167f948a6b9946edeeb738", Backbone.DenseNet121.Published!.Hash!.Hex);
        Assert.EndsWith("densenet/densenet121_weights_tf_dim_ordering_tf_kernels_notop.h5", Backbone.DenseNet121.Published.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Null(Backbone.MobileNetV2.Published!.Hash);
        Assert.EndsWith("mobilenet_v2/mobilenet_v2_weights_tf_dim_ordering_tf_kernels_1.0_224_no_top.h5", Backbone.MobileNetV2.Published.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public void File_of_another_store_keeps_its_source_and_licence()
    {
        var path = _folder.File("xception.safetensors");
        BackboneFile.Write(path, GeneratedWeights.For(Backbone.Xception), "MIT");

        var entry = new WeightStore(_folder.File("store")).Add(path);

        Assert.Equal(("generated", "MIT"), (entry.Source, entry.Licence));
    }

    [Fact]
    public void Store_that_cannot_be_written_is_a_readers_error()
    {
        var path = _folder.File("xception.safetensors");
        BackboneFile.Write(path, GeneratedWeights.For(Backbone.Xception), "MIT");
        File.WriteAllText(_folder.File("store"), "a file where the folder should be");

        var error = Assert.Throws<GyrusException>(() => new WeightStore(_folder.File("store")).Add(path));

        Assert.Contains("GYRUS_CACHE", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_no_backbone_are_refused_with_what_each_lacks()
    {
        var path = _folder.File("mine.h5");
        KerasFiles.LegacyH5(path, FileLayers.Of(SmallBackbones.ResNet));

        var error = Assert.Throws<GyrusException>(() => new WeightStore(_folder.Path).Add(path));

        Assert.Contains("not the weights of resnet50", error.Message, StringComparison.Ordinal);
        Assert.Contains("not the weights of xception", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unreadable_file_is_refused_once()
    {
        var error = Assert.Throws<GyrusException>(() => new WeightStore(_folder.Path).Add(_folder.File("missing.h5")));

        Assert.Single(error.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void Missing_weights_say_how_to_get_them()
    {
        var error = Assert.Throws<MissingWeightsException>(() => new WeightStore(_folder.Path).Require(Backbone.ResNet50));

        Assert.Equal("resnet50", error.Backbone);
        Assert.Contains("Download them, or add them", error.Message, StringComparison.Ordinal);
        Assert.Empty(new WeightStore(_folder.Path).List());
    }

    [Fact]
    public void Changed_weights_are_refused()
    {
        var path = _folder.File("resnet50.safetensors");
        BackboneFile.Write(path, GeneratedWeights.For(SmallBackbones.ResNet), "none");
        using (var file = File.OpenWrite(path))
        {
            file.Seek(-1, SeekOrigin.End);
            file.WriteByte(0x55);
        }

        var error = Assert.Throws<GyrusException>(() => KerasWeights.Load(path, SmallBackbones.ResNet));

        Assert.Contains("have been changed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_of_another_backbone_is_refused()
    {
        var path = _folder.File("xception.safetensors");
        BackboneFile.Write(path, GeneratedWeights.For(SmallBackbones.ResNet), "none");

        var error = Assert.Throws<GyrusException>(() => new WeightStore(_folder.Path).Require(Backbone.Xception));

        Assert.Contains("weights of resnet50, not of xception", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Safetensors_of_another_program_are_refused()
    {
        var path = _folder.File("x.safetensors");
        var tensors = GeneratedWeights.For(SmallBackbones.ResNet).Tensors.Tensors;
        SafeTensors.Write(path, tensors, new Dictionary<string, string>());

        var error = Assert.Throws<GyrusException>(() => KerasWeights.Load(path, SmallBackbones.ResNet));

        Assert.Contains("not made by Gyrus", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Feature caches and runs hold hashes: another one makes all of them stale.</summary>
    [Fact]
    public void Hash_of_known_weights_is_frozen() => Assert.Equal(
        "f7ed9528be34528753a48731214b4cdff7e01c6e00f4234b188988e4f2c4e62d",
        GeneratedWeights.For(SmallBackbones.ResNet).Hash());

    [Fact]
    public void Hash_depends_on_values_names_shapes_and_epsilon_only()
    {
        var weights = GeneratedWeights.For(SmallBackbones.ResNet);
        NamedTensor[] tensors = [.. weights.Tensors.Tensors];
        var first = tensors[0];

        string With(NamedTensor changed) =>
            (weights with { Tensors = new TensorTable([.. tensors.Skip(1), changed]) }).Hash();

        Assert.Equal(weights.Hash(), With(first));
        Assert.Equal(weights.Hash(), (weights with { Source = "elsewhere" }).Hash());
        Assert.NotEqual(weights.Hash(), With(first with { Name = "other" }));
        Assert.NotEqual(weights.Hash(), With(first with { Shape = [first.Values.Length] }));
        Assert.NotEqual(weights.Hash(), With(first with { Values = [.. first.Values.Reverse()] }));
        Assert.NotEqual(weights.Hash(), (weights with { BatchNormEpsilon = 1 }).Hash());
    }

    private static PublishedWeights Published(byte[] content) => new(
        new Uri("https://example.org/weights/notop.h5"),
        FileHash.Sha256(Convert.ToHexStringLower(SHA256.HashData(content))),
        "MIT");

    /// <summary>Answers every request with one file.</summary>
    private sealed class OneFile(string path) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StreamContent(File.OpenRead(path)) });
    }
}
