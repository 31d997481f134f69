using System.Runtime.Intrinsics.X86;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests;

/// <summary>The graph that is kept between starts.</summary>
public sealed class OptimisedGraphTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Graphs => _temp.File("graphs");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Answers_are_the_same_to_the_bit_without_a_kept_graph_as_it_is_made_and_from_it()
    {
        Assert.SkipUnless(X86Base.IsSupported, "graphs are kept on x86 alone");
        var model = Path.Combine(TestFiles.Root, "models", "default");
        var scan = Path.Combine(TestFiles.Root, "samples", "mri-healthy-coronal.png");

        var without = Logits(model, scan, null);
        var making = Logits(model, scan, Graphs);
        var kept = Logits(model, scan, Graphs);

        Assert.Single(Directory.GetDirectories(Graphs));
        Assert.Equal(without, making);
        Assert.Equal(without, kept);
    }

    [Theory]
    [InlineData("graph.onnx")]
    [InlineData("weights.bin")]
    [InlineData("hash.txt")]
    public void A_kept_graph_that_is_damaged_is_not_used_and_made_anew(string file)
    {
        var (model, scan) = (Model("model"), Red());
        var right = Logits(model, scan, Graphs);
        var path = Path.Combine(Kept(), file);
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, [.. bytes.Select(one => (byte)(one ^ 1)), 0]);

        Assert.Equal(right, Logits(model, scan, Graphs));
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    [Fact]
    public void Another_network_has_a_graph_of_its_own_and_no_more_than_three_are_kept()
    {
        foreach (var size in (int[])[16, 24, 32, 40, 48])
        {
            var preprocessing = ColourModel.Preprocessing with { Size = size };
            var model = ColourModel.Write(_temp.File($"model-{size}"), preprocessing).Folder;
            Assert.Equal(Logits(model, Red(), null), Logits(model, Red(), Graphs));
        }

        Assert.Equal(3, Directory.GetDirectories(Graphs).Length);
    }

    [Fact]
    public void A_network_that_is_not_the_manifests_is_refused_and_not_kept()
    {
        var (one, other) = (Model("one"), ColourModel.Write(_temp.File("other"), ColourModel.Preprocessing with { Size = 48 }).Folder);
        File.Copy(Path.Combine(other, "model.onnx"), Path.Combine(one, "model.onnx"), overwrite: true);

        var refusal = Assert.Throws<GyrusException>(() => Logits(one, Red(), Graphs));

        Assert.Contains("this is not the network", refusal.Message, StringComparison.Ordinal);
        Assert.True(!Directory.Exists(Graphs) || !Directory.EnumerateFileSystemEntries(Graphs).Any());
    }

    [Fact]
    public void A_network_that_is_damaged_after_its_graph_was_kept_is_refused_all_the_same()
    {
        var model = Model("model");
        Logits(model, Red(), Graphs);
        var graph = Kept();
        var network = Path.Combine(model, "model.onnx");
        var bytes = File.ReadAllBytes(network);
        bytes[^1] ^= 1;
        File.WriteAllBytes(network, bytes);

        var refusal = Assert.Throws<GyrusException>(() => Logits(model, Red(), Graphs));

        Assert.Contains("this is not the network", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(graph, Kept());
    }

    [Fact]
    public void Where_nothing_can_be_written_it_is_done_without()
    {
        File.WriteAllText(Graphs, "a file where the folder would be");

        Assert.Equal(Logits(Model("model"), Red(), null), Logits(Model("model"), Red(), Graphs));
    }

    public void Dispose() => _temp.Dispose();

    private string Kept()
    {
        Assert.SkipUnless(X86Base.IsSupported, "graphs are kept on x86 alone");
        return Assert.Single(Directory.GetDirectories(Graphs));
    }

    private string Model(string name) => ColourModel.Write(_temp.File(name)).Folder;

    private string Red() => TestImage.Write(_temp.File("red.png"), 255, 0, 0);

    private static float[] Logits(string model, string scan, string? graphs)
    {
        using var classifier = ScanClassifier.Open(model, new ClassifierOptions(GraphFolder: graphs));
        return Assert.Single(classifier.Classify([scan], cancel: Cancel)).Uncalibrated!;
    }
}
