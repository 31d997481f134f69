using Gyrus.Imaging.Decoding;
using Gyrus.Inference.HeatMaps;
using Gyrus.Learning.Export;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests.HeatMaps;

public sealed class HeatMapClassifyTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cam")]
    [InlineData("occlusion")]
    public void Classify_writes_a_map_for_each_scan_that_can_be_read(string method)
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        Directory.CreateDirectory(_temp.File("a"));
        Directory.CreateDirectory(_temp.File("b"));
        string[] paths =
        [
            TestImage.Write(_temp.File("a/scan.png"), 255, 0, 0),
            TestImage.Write(_temp.File("b/scan.png"), 0, 0, 255, width: 700, height: 300),
            _temp.File("missing.png"),
        ];

        var plain = classifier.Classify(paths, cancel: Cancel).ToList();
        var results = classifier.Classify(
            paths, heatMaps: new HeatMapOptions(_temp.File("maps"), Method(method)), cancel: Cancel).ToList();

        Assert.All(plain, result => Assert.Null(result.HeatMap));
        Assert.Equal(plain.Select(result => result.Tumour), results.Select(result => result.Tumour));
        Assert.Null(results[2].HeatMap);
        Assert.NotEqual(results[0].HeatMap, results[1].HeatMap);
        Assert.Equal(
            Directory.GetFiles(_temp.File("maps")).Order(),
            results.Take(2).Select(result => result.HeatMap!).Order());
        Assert.InRange(ScanDecoder.Read(results[1].HeatMap!).Width, 513, 700);
    }

    [Fact]
    public void Classify_with_a_model_without_evidence_says_to_export_it_again_and_occlusion_works_with_it()
    {
        var package = ColourModel.Write(_temp.File("model"));
        var manifest = package.Description with { Outputs = OnnxModel.UsualNames with { Evidence = null, LabelEvidence = null } };
        File.WriteAllText(Path.Combine(package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(manifest));
        using var classifier = ScanClassifier.Open(package.Folder);
        var red = TestImage.Write(_temp.File("red.png"), 255, 0, 0);

        var error = Assert.Throws<GyrusException>(
            () => classifier.Classify([red], heatMaps: new HeatMapOptions(_temp.File("maps")), cancel: Cancel));
        var occluded = classifier.Classify(
            [red], heatMaps: new HeatMapOptions(_temp.File("maps"), HeatMapMethod.Occlusion), cancel: Cancel).Single();

        Assert.Contains("Export it again", error.Message);
        Assert.True(File.Exists(occluded.HeatMap));
    }

    [Fact]
    public void Open_of_a_network_without_the_evidence_that_its_manifest_names_says_so()
    {
        var package = ColourModel.Write(_temp.File("model"));
        var manifest = package.Description with { Outputs = OnnxModel.UsualNames with { Evidence = "proof" } };
        File.WriteAllText(Path.Combine(package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(manifest));

        var error = Assert.Throws<GyrusException>(() => ScanClassifier.Open(package.Folder));

        Assert.Contains("there is no 'proof'", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(224)]
    [InlineData(299)]
    public void Patches_of_occlusion_cover_every_pixel(int size)
    {
        var starts = Occlusion.Starts(size);
        int side = Occlusion.Side(size);

        Assert.All(Enumerable.Range(0, size), i => Assert.Contains(starts, start => start <= i && i < start + side));
        Assert.Equal(starts.Distinct().Order(), starts);
        Assert.InRange(starts[^1] + side, 0, size);
    }

    [Fact]
    public void Patch_of_occlusion_is_the_background_whatever_is_written_near_the_border()
    {
        var image = Enumerable.Repeat(-1f, 3 * 20 * 20).ToArray();
        for (int x = 0; x < 8; x++) image[x] = 1; // writing in the upper left, and
        for (int i = 0; i < 20 * 20; i++) image[400 + i] = i % 20 is > 3 and < 16 ? 5 : 2; // a head in one channel

        Assert.Equal([-1, 2, -1], Occlusion.Border(image, 20));
    }

    public void Dispose() => _temp.Dispose();

    private static HeatMapMethod Method(string name) => HeatMapMethod.All.Single(method => method.Name == name);
}
