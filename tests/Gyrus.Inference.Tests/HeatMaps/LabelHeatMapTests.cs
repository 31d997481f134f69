using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using Gyrus.Learning.Export;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests.HeatMaps;

/// <summary>Heat maps of one label against all others.</summary>
public sealed class LabelHeatMapTests : IDisposable
{
    private static readonly LabelSet s_grades = LabelNames.Guess(["grade I", "grade II", "größer"]);

    private readonly TempFolder _temp = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static HeatMapMethod Method(string name) => HeatMapMethod.All.Single(method => method.Name == name);

    [Theory]
    [InlineData("cam")]
    [InlineData("occlusion")]
    public void Map_of_a_label_is_for_it_where_it_is_seen_and_against_it_where_another_is(string method)
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        var scan = BlueAndGreen();

        var glioma = classifier.Explain(scan, Method(method), "mri_glioma").Map;
        var healthy = classifier.Explain(scan, Method(method), "mri_healthy").Map;

        Assert.Equal(["mri_glioma", "mri_healthy"], ((EvidenceMap[])[glioma, healthy]).Select(map => map.Label!.Name));
        var (blue, green) = (At(glioma, 4), At(glioma, 27));
        Assert.True(blue > 0 && green < 0, $"blue {blue}, green {green}");
        Assert.True(At(healthy, 4) < 0 && At(healthy, 27) > 0);
    }

    [Fact]
    public void Cells_of_a_linear_head_add_up_to_what_the_colours_give_to_the_label_minus_what_they_give_to_the_others()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);

        var map = classifier.Explain(BlueAndGreen(), label: "mri_glioma").Map;

        // Blue, a quarter of the image, gives mri_glioma 20 / 4; the others see green, of which mri_healthy gets 20 / 4 and has
        // this share of the softmax among them: ct_healthy has 6 and four others 0.
        double share = Math.Exp(5) / (Math.Exp(5) + Math.Exp(6) + 4);
        Assert.Equal(5 - (5 * share), map.Values.Sum(), 0.01);
    }

    [Fact]
    public void Map_of_a_tumour_is_the_same_from_the_labels_evidence()
    {
        var package = ColourModel.Write(_temp.File("model"));
        using var classifier = ScanClassifier.Open(package.Folder);
        Rewrite(package, outputs => outputs with { Evidence = null });
        using var without = ScanClassifier.Open(package.Folder);
        var scan = BlueAndGreen();

        var (own, made) = (classifier.Explain(scan).Map, without.Explain(scan).Map);

        Assert.Null(made.Label);
        Assert.All(own.Values.Zip(made.Values), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [Fact]
    public void Map_of_labels_that_do_not_tell_tumours_is_of_the_label_that_the_scan_is_given()
    {
        var package = ColourModel.Write(_temp.File("model"), s_grades, "grade I", "grade II", "größer");
        using var classifier = ScanClassifier.Open(package.Folder);
        string[] paths = [TestImage.Write(_temp.File("red.png"), 255, 0, 0), TestImage.Write(_temp.File("green.png"), 0, 255, 0)];

        var results = classifier.Classify(paths, heatMaps: new HeatMapOptions(_temp.File("maps")), cancel: Cancel).ToList();

        Assert.Equal(["grade II", "größer"], results.Select(result => result.HeatMapLabel!.Name));
        Assert.All(results, result => Assert.Equal(result.Label, result.HeatMapLabel));
        Assert.All(results, result => Assert.True(File.Exists(result.HeatMap)));
    }

    [Fact]
    public void Classify_of_several_labels_writes_a_picture_for_each()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        string[] red = [TestImage.Write(_temp.File("red.png"), 255, 0, 0)];
        string?[] labels = [null, "mri_glioma", "ct_tumor"];

        var results = labels.Select(label => classifier.Classify(
            red, heatMaps: new HeatMapOptions(_temp.File("maps"), Label: label), cancel: Cancel).Single()).ToList();

        Assert.Equal(labels, results.Select(result => result.HeatMapLabel?.Name));
        Assert.Equal(3, Directory.GetFiles(_temp.File("maps")).Length);
        Assert.Contains("red-mri_glioma-", results[1].HeatMap, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_of_one_batch_may_ask_for_maps_of_different_labels_or_none()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        var red = File.ReadAllBytes(TestImage.Write(_temp.File("red.png"), 255, 0, 0));
        HeatMapRequest?[] wanted =
            [new(), null, new(Label: "mri_glioma"), new(HeatMapMethod.Occlusion, "ct_tumor")];
        var worker = classifier.NewWorker();

        var together = worker.Classify([.. wanted.Select((map, i) => new ScanFile($"{i}", red, map))]);
        var alone = wanted.Select((map, i) => worker.Classify([new ScanFile($"{i}", red, map)])[0]).ToList();

        Assert.Equal([null, null, "mri_glioma", "ct_tumor"], together.Select(result => result.HeatMapLabel?.Name));
        Assert.Equal(alone.Select(result => result.Picture?.Png), together.Select(result => result.Picture?.Png));
        Assert.Equal(3, together.Select(result => result.Picture).OfType<DrawnHeatMap>().DistinctBy(map => Convert.ToBase64String(map.Png)).Count());
    }

    [Fact]
    public void A_label_that_the_model_has_not_is_refused_and_the_labels_are_told()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model"), s_grades, "grade I", "grade II").Folder);

        foreach (var method in HeatMapMethod.All)
        {
            var error = Assert.Throws<GyrusException>(() => classifier.Explain(BlueAndGreen(), method, "grade 2"));
            Assert.Contains("There is no label 'grade 2'", error.Message, StringComparison.Ordinal);
            Assert.Contains("grade I, grade II, größer", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cam_of_a_label_with_a_model_packed_before_says_that_occlusion_works_and_it_does()
    {
        var package = ColourModel.Write(_temp.File("model"));
        Rewrite(package, outputs => outputs with { LabelEvidence = null });
        using var classifier = ScanClassifier.Open(package.Folder);

        var error = Assert.Throws<GyrusException>(() => classifier.Explain(BlueAndGreen(), label: "mri_glioma"));
        var occluded = classifier.Explain(BlueAndGreen(), HeatMapMethod.Occlusion, "mri_glioma").Map;

        Assert.Contains("occlusion", error.Message, StringComparison.Ordinal);
        Assert.Contains("any label and any model", error.Message, StringComparison.Ordinal);
        Assert.True(At(occluded, 4) > 0);
        Assert.Null(classifier.Explain(BlueAndGreen()).Map.Label);
    }

    [Theory]
    [InlineData("cam")]
    [InlineData("occlusion")]
    public void The_shipped_model_shows_a_label_of_a_sample(string method)
    {
        using var classifier = ScanClassifier.Open(Path.Combine(TestFiles.Root, "models", "default"));
        var scan = ScanDecoder.Read(Path.Combine(TestFiles.Root, "samples", "synthetic-mri-lesion-axial.png"));

        var explanation = classifier.Explain(scan, Method(method), "mri_meningioma");

        Assert.Equal("mri_meningioma", explanation.Map.Label!.Name);
        Assert.True(explanation.Map.Values.Max(Math.Abs) > 0.1, "the map says something");
        Assert.All(explanation.Map.Values, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Open_of_a_network_without_the_labels_evidence_that_its_manifest_names_says_so()
    {
        var package = ColourModel.Write(_temp.File("model"));
        Rewrite(package, outputs => outputs with { Evidence = null, LabelEvidence = "evidence" });

        var error = Assert.Throws<GyrusException>(() => ScanClassifier.Open(package.Folder));

        Assert.Contains("there is no 'evidence' of shape [N, 7, H, W]", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();

    private static void Rewrite(ModelPackage package, Func<ModelOutputs, ModelOutputs> change) => File.WriteAllText(
        Path.Combine(package.Folder, ModelPackage.DescriptionFile),
        ModelPackage.ToJson(package.Description with { Outputs = change(OnnxModel.UsualNames) }));

    /// <summary>32 x 32 pixels: the upper half is black, of the lower the left is blue and the right green.</summary>
    private static Scan BlueAndGreen()
    {
        var rgb = new byte[32 * 32 * 3];
        for (int i = 32 * 16; i < 32 * 32; i++) rgb[(3 * i) + (i % 32 < 16 ? 2 : 1)] = 255;
        return new Scan(32, 32, "RGB", "png", rgb);
    }

    /// <summary>The map's value in the middle of the lower half.</summary>
    private static float At(EvidenceMap map, int column) => map.Values[(24 * map.Width) + column];
}
