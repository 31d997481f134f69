using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Imaging.HeadRegion;
using Gyrus.Imaging.Tensors;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests;

/// <summary>That the shipped model looks at the brain and not at what a scanner wrote beside it.</summary>
public sealed class WritingBesideTheHeadTests(ITestOutputHelper output) : IDisposable
{
    private const int Count = 20;

    private readonly TempFolder _temp = new();

    [Fact]
    public void Decision_of_the_shipped_model_stays_when_writing_is_drawn_beside_a_healthy_head()
    {
        var folder = Path.Combine(TestFiles.Root, "models", "default");
        Assert.SkipUnless(ModelPackage.Load(folder).Description.Preprocessing.Framing == Framing.Head,
            "needs a model in models/default that sees the head alone; this one sees the whole image");
        var scans = Drawn(TestFiles.Scans());
        using var classifier = ScanClassifier.Open(folder);

        var cancel = TestContext.Current.CancellationToken;
        var before = classifier.Classify(scans.Select(scan => scan.Before), cancel: cancel).ToList();
        var after = classifier.Classify(scans.Select(scan => scan.After), cancel: cancel).ToList();

        foreach (var (first, second) in before.Zip(after))
            output.WriteLine($"{first.Path}: {first.Tumour:0.000} to {second.Tumour:0.000}");
        Assert.Equal(Count, scans.Count);
        Assert.Equal(before.Select(result => result.IsTumour), after.Select(result => result.IsTumour));
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>Healthy CT of the published test part, as they are and with writing.</summary>
    private List<(string Before, string After)> Drawn(string data)
    {
        var random = new Random(1);
        var drawn = new List<(string, string)>();
        foreach (var fields in File.ReadLines(Path.Combine(data, "published-split.csv")).Skip(1).Select(line => line.Split(',')))
        {
            if (fields is not [var path, "ct_healthy", "test"] || drawn.Count == Count) continue;
            var scan = ScanDecoder.Read(Path.Combine(data, path));
            if (HeadFinder.Find(scan) is not { } head || DrawnWriting.On(scan, head, random) is not { } written) continue;
            var to = _temp.File($"{drawn.Count}.png");
            File.WriteAllBytes(to, PngEncoder.Encode(written));
            drawn.Add((Path.Combine(data, path), to));
        }
        return drawn;
    }
}
