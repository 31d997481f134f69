using Gyrus.Imaging.Decoding;
using Gyrus.Imaging.Labels;
using Gyrus.Inference.HeatMaps;
using Gyrus.Learning.Layers;
using Gyrus.Models;
using Gyrus.Testing;
using Gyrus.Testing.Models;
using Xunit;

namespace Gyrus.Inference.Tests.HeatMaps;

/// <summary>That maps show what the network does: Adebayo et al. 2018, "Sanity Checks for Saliency Maps".</summary>
public sealed class HeatMapSanityTests(ITestOutputHelper output) : IDisposable
{
    private const int RedFrom = 8;
    private const int RedTo = 20;

    private readonly TempFolder _temp = new();

    [Theory]
    [InlineData("cam")]
    [InlineData("occlusion")]
    public void Map_is_where_the_evidence_was_put(string method)
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);

        var map = classifier.Explain(RedOnBlack(), Method(method)).Map;

        // The network calls red a tumour: outside the red square there is nothing to find, inside there is all.
        var (inside, outside) = Split(map);
        Assert.True(inside.Average() > 20 * outside.Select(Math.Abs).Average(), $"{inside.Average()} {outside.Average()}");
    }

    [Fact]
    public void Cells_of_a_linear_head_add_up_to_what_the_colour_gives()
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);

        var map = classifier.Explain(RedOnBlack()).Map;

        // ct_tumor has 20 x the mean of red, and is nearly all of the tumour's softmax; the healthy labels see no red.
        double red = (RedTo - RedFrom) * (RedTo - RedFrom) / (32.0 * 32.0);
        Assert.Equal(20 * red * Share(red), map.Values.Sum(), 0.02);
    }

    [Theory]
    [InlineData("cam")]
    [InlineData("occlusion")]
    public void Blanking_what_the_map_shows_takes_the_tumour_away_and_blanking_elsewhere_does_not(string method)
    {
        using var classifier = ScanClassifier.Open(ColourModel.Write(_temp.File("model")).Folder);
        var random = new Random(1);
        var scan = RedOnBlack(from: 2, to: 22);

        var fall = Falls.Mean([.. Enumerable.Range(0, 10)
            .Select(_ => Deletion.Measure(classifier, scan, Method(method), 0.2, Deletion.Black(scan), random))]);

        output.WriteLine($"{method}: {fall}");
        Assert.True(fall.Top > 1.5 * fall.AtRandom, fall.ToString());
    }

    [Fact]
    public void Maps_change_when_the_weights_are_drawn_again()
    {
        var scan = ScanDecoder.Read(TestImage.WriteNoise(_temp.File("noise.png"), 64, 64, seed: 1));
        List<float[]> maps = [.. Enumerable.Range(1, 6).Select(seed =>
        {
            using var classifier = ScanClassifier.Open(RandomModel(seed));
            return classifier.Explain(scan).Map.Values;
        })];

        var pairs = from i in Enumerable.Range(0, maps.Count)
                    from j in Enumerable.Range(0, i)
                    select Math.Abs(Correlation(maps[i], maps[j]));
        Assert.True(pairs.Average() < 0.5, $"mean correlation of maps of different networks: {pairs.Average()}");
    }

    [Fact]
    public void Maps_of_one_network_are_the_same_again()
    {
        var scan = ScanDecoder.Read(TestImage.WriteNoise(_temp.File("noise.png"), 64, 64, seed: 1));
        using var classifier = ScanClassifier.Open(RandomModel(seed: 1));

        Assert.Equal(classifier.Explain(scan).Map.Values, classifier.Explain(scan).Map.Values);
    }

    /// <summary>On tumours of each label.</summary>
    [Fact]
    public void Blacking_what_the_map_of_the_shipped_model_shows_costs_more_than_as_large_a_place_elsewhere()
    {
        var folder = Path.Combine(TestFiles.Root, "models", "default");
        Assert.SkipWhen(ModelPackage.Load(folder).Description.Outputs.Evidence is null,
            "needs a model in models/default that gives evidence; this one was exported without");
        var scans = TestFiles.Scans();
        using var classifier = ScanClassifier.Open(folder);
        var tumours = File.ReadLines(Path.Combine(scans, "published-split.csv")).Skip(1).Select(line => line.Split(','))
            .Where(fields => fields[2] == "test" && PublishedLabels.Set[PublishedLabels.Set.IndexOf(fields[1])].IsTumour == true)
            .GroupBy(fields => fields[1]).SelectMany(label => label.Take(8))
            .Select(fields => ScanDecoder.Read(Path.Combine(scans, fields[0]))).ToList();
        Falls Fall(Func<Scan, Scan> by)
        {
            var random = new Random(1);
            return Falls.Mean([.. tumours.Select(scan =>
                Deletion.Measure(classifier, scan, HeatMapMethod.Cam, 0.2, by(scan), random))]);
        }
        var (blurred, black) = (Fall(Deletion.Blurred), Fall(Deletion.Black));

        output.WriteLine($"{tumours.Count} scans, a fifth blurred: {blurred}");
        output.WriteLine($"{tumours.Count} scans, a fifth black: {black}");
        // It was trained on blurred images and bears blur anywhere; scattered black pixels are nothing that a scan has, and cost it as much as the lesion.
        Assert.True(black.Top > 1.2 * Math.Max(black.Moved, black.Blocks), black.ToString());
    }

    public void Dispose() => _temp.Dispose();

    private static HeatMapMethod Method(string name) => HeatMapMethod.All.Single(method => method.Name == name);

    /// <summary>32 x 32 pixels, as the colour network takes them: a red square on black.</summary>
    private static Scan RedOnBlack(int from = RedFrom, int to = RedTo)
    {
        var rgb = new byte[32 * 32 * 3];
        for (int i = 0; i < 32 * 32; i++)
        {
            bool red = i / 32 >= from && i / 32 < to && i % 32 >= from && i % 32 < to;
            if (red) rgb[3 * i] = 255;
        }
        return new Scan(32, 32, "RGB", "png", rgb);
    }

    /// <summary>The share of <c>ct_tumor</c> in the colour network's softmax among the five tumours.</summary>
    private static double Share(double red) => Math.Exp(20 * red) / (Math.Exp(20 * red) + 4);

    private static (List<float> Inside, List<float> Outside) Split(EvidenceMap map)
    {
        var (inside, outside) = (new List<float>(), new List<float>());
        for (int i = 0; i < map.Values.Length; i++)
        {
            var (y, x) = Math.DivRem(i, map.Width);
            bool red = y is >= RedFrom and < RedTo && x is >= RedFrom and < RedTo;
            // Patches that lie across the border blur it by their own width.
            bool far = y is < RedFrom - 6 or >= RedTo + 6 || x is < RedFrom - 6 or >= RedTo + 6;
            if (red) inside.Add(map.Values[i]);
            else if (far) outside.Add(map.Values[i]);
        }
        return (inside, outside);
    }

    private static double Correlation(float[] a, float[] b)
    {
        double meanA = a.Average(), meanB = b.Average();
        double ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.Sqrt(aa * bb);
    }

    private string RandomModel(int seed)
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
            _temp.File($"random-{seed}"), graph, RandomWeights.For(graph, seed), ColourModel.Preprocessing, "map", "mean").Folder;
    }
}
