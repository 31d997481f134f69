using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Encoders;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Export;
using Gyrus.Learning.Layers;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests;

public sealed class ScanClassifierTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Classify_gives_the_networks_answer()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        string[] paths = [Black("0.png"), Red("1.png"), Green("2.png"), Blue("3.png")];

        var results = classifier.Classify(paths, cancel: Cancel).ToList();

        Assert.Equal(paths, results.Select(result => result.Path));
        Assert.Equal(["ct_healthy", "ct_tumor", "mri_healthy", "mri_glioma"],
            results.Select(result => result.Label!.Name));
        Assert.Equal([Modality.Ct, Modality.Ct, Modality.Mri, Modality.Mri],
            results.Select(result => result.Modality!.Value));
        Assert.All(results, result => Assert.Equal(1, result.Probabilities!.Sum(), 1e-5));
        Assert.All(results, result => Assert.Equal(result.Label!.IsTumour == true ? 1 : 0, result.Tumour!.Value, 0.05));
    }

    [Fact]
    public void Classify_gives_a_bad_file_an_error_in_its_place_and_the_others_their_answers()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        var broken = _temp.File("broken.png");
        File.WriteAllText(broken, "this is no image");
        var missing = _temp.File("missing.png");
        var empty = _temp.File("empty.png");
        File.WriteAllText(empty, "");
        string[] paths = [broken, Red("1.png"), missing, empty, Green("2.png"), Blue("3.png"), broken];

        var results = classifier.Classify(paths, cancel: Cancel).ToList();

        Assert.Equal(paths, results.Select(result => result.Path));
        Assert.Equal([null, "ct_tumor", null, null, "mri_healthy", "mri_glioma", null],
            results.Select(result => result.Label?.Name));
        foreach (var result in results.Where(result => result.Label is null))
        {
            Assert.Contains(result.Path, result.Error);
            Assert.Null(result.Probabilities);
            Assert.Null(result.Tumour);
            Assert.Null(result.Modality);
        }
        Assert.All(results.Where(result => result.Label is not null), result => Assert.Null(result.Error));
    }

    [Fact]
    public void Classify_answers_a_strip_of_an_image_and_those_beside_it()
    {
        var model = ColourModel.Write(_temp.File("model"), ColourModel.Preprocessing with { Framing = Framing.Head });
        using var classifier = ScanClassifier.Open(model.Folder);
        var strip = _temp.File("strip.png");
        File.WriteAllBytes(strip, PngEncoder.Encode(new Scan(40_000, 60, "RGB", "png", new byte[3 * 40_000 * 60]), compression: 1));
        string[] paths = [Black("0.png"), strip, Black("1.png")];

        var results = classifier.Classify(paths, cancel: Cancel).ToList();

        Assert.Equal(paths, results.Select(result => result.Path));
        Assert.All(results, result => Assert.Null(result.Error));
        Assert.All(results, result => Assert.Equal("ct_healthy", result.Label!.Name));
    }

    [Fact]
    public void Classify_makes_whatever_goes_wrong_with_one_image_an_error_of_that_image()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        // No bytes at all: no caller gives them, and the decoder's own check of its arguments throws.
        ScanFile[] files =
        [
            new("good.png", File.ReadAllBytes(Red("1.png"))), new("none.png", null!), new("other.png", File.ReadAllBytes(Green("2.png"))),
        ];

        var results = classifier.NewWorker().Classify(files);

        Assert.Equal(["ct_tumor", null, "mri_healthy"], results.Select(result => result.Label?.Name));
        Assert.Contains("none.png: gyrus failed on this image", results[1].Error);
    }

    [Fact]
    public void Classify_gives_the_same_answers_whatever_the_batches_and_the_threads()
    {
        var folder = WriteRandomModel();
        string[] paths = [.. Enumerable.Range(0, 19)
            .Select(i => TestImage.WriteNoise(_temp.File($"{i}.png"), 50 + i, 60 - i, seed: i))];

        var expected = Classify(folder, new ClassifierOptions(BatchSize: 1, Workers: 1), paths);

        foreach (var options in new[] { new ClassifierOptions(3, 2), new(8, 1), new(32, 3), new() })
        {
            var actual = Classify(folder, options, paths);
            Assert.Equal(expected.Count, actual.Count);
            Assert.All(expected.Zip(actual), pair => Assert.All(
                pair.First.Probabilities!.Zip(pair.Second.Probabilities!),
                values => Assert.Equal(values.First, values.Second, 1e-6f)));
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Classify_with_more_views_answers_an_image_and_its_mirror_image_alike(int views)
    {
        var folder = WriteRandomModel();
        var scan = ScanDecoder.Read(TestImage.WriteNoise(_temp.File("scan.png"), 40, 40, seed: 3));
        var mirrored = new byte[scan.Rgb.Length];
        for (int i = 0; i < 1600; i++)
        {
            var (y, x) = Math.DivRem(i, 40);
            scan.Rgb.AsSpan(3 * i, 3).CopyTo(mirrored.AsSpan(3 * ((y * 40) + 39 - x)));
        }
        File.WriteAllBytes(_temp.File("mirrored.png"), PngEncoder.Encode(scan with { Rgb = mirrored }));
        string[] paths = [_temp.File("scan.png"), _temp.File("mirrored.png")];

        var one = Classify(folder, new ClassifierOptions(), paths);
        var several = Classify(folder, new ClassifierOptions(Views: views), paths);

        Assert.NotEqual(one[0].Probabilities, one[1].Probabilities);
        for (int i = 0; i < 7; i++)
            Assert.Equal(several[0].Probabilities![i], several[1].Probabilities![i], 1e-5f);
    }

    [Fact]
    public void Open_refuses_a_number_of_views_that_makes_no_sense() => Assert.Throws<GyrusException>(
        () => ScanClassifier.Open(WriteRandomModel(), new ClassifierOptions(Views: 3)));

    [Fact]
    public void Classify_answers_a_path_as_often_as_it_is_named()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        var red = Red("red.png");

        var results = classifier.Classify([red, red, red], cancel: Cancel).ToList();

        Assert.Equal([red, red, red], results.Select(result => result.Path));
        Assert.All(results, result => Assert.Equal(results[0].Probabilities, result.Probabilities));
    }

    [Fact]
    public void Classify_of_nothing_gives_nothing()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);

        Assert.Empty(classifier.Classify([], cancel: Cancel));
    }

    [Fact]
    public void Classify_reports_how_many_files_are_done()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        var reports = new Reports();

        _ = classifier.Classify([Red("1.png"), Blue("2.png"), Red("3.png")], reports, cancel: Cancel).Count();

        Assert.Equal(3, reports.Seen[^1].Done);
        Assert.All(reports.Seen, report => Assert.Equal(3, report.Total));
    }

    [Fact]
    public void Classify_refuses_an_image_above_the_pixel_limit_and_reads_the_next()
    {
        using var classifier = ScanClassifier.Open(
            ColourModel.Write(_temp.File("model")).Folder, new ClassifierOptions(PixelLimit: 2000));
        var large = TestImage.Write(_temp.File("large.png"), 255, 0, 0, width: 100, height: 100);

        var results = classifier.Classify([large, Red("small.png")], cancel: Cancel).ToList();

        Assert.NotNull(results[0].Error);
        Assert.Equal("ct_tumor", results[1].Label!.Name);
    }

    [Fact]
    public void Open_of_a_damaged_network_names_the_file_and_the_remedy()
    {
        var package = ColourModel.Write(_temp.File("model"));
        File.WriteAllText(package.OnnxPath, "damaged");

        var error = Assert.Throws<GyrusException>(() => ScanClassifier.Open(package.Folder));

        Assert.StartsWith(package.OnnxPath, error.Message);
        Assert.Contains("export the model again", error.Message);
    }

    [Fact]
    public void Open_of_the_network_of_another_package_is_refused_though_it_would_answer()
    {
        var package = ColourModel.Write(_temp.File("model"));
        var bytes = File.ReadAllBytes(package.OnnxPath);
        int producer = bytes.AsSpan().IndexOf("gyrus"u8);
        Assert.NotEqual(-1, producer);
        bytes[producer] ^= 1;
        File.WriteAllBytes(package.OnnxPath, bytes);

        var error = Assert.Throws<GyrusException>(() => ScanClassifier.Open(package.Folder));

        Assert.StartsWith(package.OnnxPath + ": this is not the network that model.json was written for", error.Message);
    }

    [Fact]
    public void Open_of_a_package_from_before_the_network_had_a_hash_answers()
    {
        var package = ColourModel.Write(_temp.File("model"));
        File.WriteAllText(
            Path.Combine(package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(package.Description with { NetworkHash = null }));

        using var classifier = ScanClassifier.Open(package.Folder);

        Assert.Null(classifier.Package.Description.NetworkHash);
    }

    [Fact]
    public void Open_of_a_network_of_another_size_says_so()
    {
        var package = ColourModel.Write(_temp.File("model"));
        var manifest = package.Description with { Preprocessing = ColourModel.Preprocessing with { Size = 64 } };
        File.WriteAllText(Path.Combine(package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(manifest));

        var error = Assert.Throws<GyrusException>(() => ScanClassifier.Open(package.Folder));

        Assert.Contains("'input' is [-1, 3, 32, 32]", error.Message);
        Assert.Contains("[N, 3, 64, 64]", error.Message);
    }

    [Fact]
    public void Open_of_a_network_without_an_output_says_so()
    {
        var package = ColourModel.Write(_temp.File("model"));
        var manifest = package.Description with { Outputs = OnnxModel.UsualNames with { Logits = "scores" } };
        File.WriteAllText(Path.Combine(package.Folder, ModelPackage.DescriptionFile), ModelPackage.ToJson(manifest));

        var error = Assert.Throws<GyrusException>(() => ScanClassifier.Open(package.Folder));

        Assert.Contains("'scores' is missing", error.Message);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 1, 0)]
    public void Open_refuses_options_out_of_range(int batchSize, int workers, long pixelLimit)
    {
        var folder = ColourModel.Write(_temp.File("model")).Folder;

        Assert.Throws<GyrusException>(
            () => ScanClassifier.Open(folder, new ClassifierOptions(batchSize, workers, pixelLimit)));
    }

    public void Dispose() => _temp.Dispose();

    private string Black(string name) => TestImage.Write(_temp.File(name), 0, 0, 0);

    private string Red(string name) => TestImage.Write(_temp.File(name), 255, 0, 0);

    private string Green(string name) => TestImage.Write(_temp.File(name), 0, 255, 0);

    private string Blue(string name) => TestImage.Write(_temp.File(name), 0, 0, 255);

    private static List<ScanResult> Classify(string folder, ClassifierOptions options, string[] paths)
    {
        using var classifier = ScanClassifier.Open(folder, options);
        return [.. classifier.Classify(paths, cancel: Cancel)];
    }

    private string WriteRandomModel()
    {
        var graph = new LayerGraph(
        [
            new Input("input"),
            new Convolution("conv", "input", 3, 24, Kernel: 3, Stride: 2, Padding.Same, HasBias: true),
            new Relu("map", "conv"),
            new GlobalAveragePooling("mean", "map"),
            new Dense("hidden", "mean", 24, 64),
            new Relu("hidden_relu", "hidden"),
            new Dense("answer", "hidden_relu", 64, 7),
        ]);
        return GeneratedPackage.Write(
            _temp.File("random"), graph, RandomWeights.For(graph, seed: 1), ColourModel.Preprocessing, "map", "mean").Folder;
    }

    private sealed class Reports : IProgress<WorkProgress>
    {
        public List<WorkProgress> Seen { get; } = [];

        public void Report(WorkProgress value) => Seen.Add(value);
    }
}
