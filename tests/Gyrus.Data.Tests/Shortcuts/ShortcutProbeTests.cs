using Gyrus.Data.Copies;
using Gyrus.Data.Examining;
using Gyrus.Data.Shortcuts;
using Gyrus.Data.Surroundings;
using Xunit;

namespace Gyrus.Data.Tests.Shortcuts;

public sealed class ShortcutProbeTests
{
    private static readonly string[] Labels = ["ct_healthy", "ct_tumor", "mri_glioma", "mri_healthy"];

    [Fact]
    public void Run_reads_the_label_off_the_size_where_it_can_be()
    {
        var report = Probe(Samples(400, (label, random) => Facts(random) with { Width = 300 + 40 * label }));

        foreach (var question in Enum.GetValues<ShortcutQuestion>())
        {
            var file = report.Find(question, ShortcutSource.File)!;
            Assert.InRange(file.Accuracy, 0.98, 1);
            Assert.True(file.IsShortcut);
            Assert.InRange(report.Find(question, ShortcutSource.All)!.Accuracy, 0.95, 1);
            AssertIsGuessing(report.Find(question, ShortcutSource.Border)!);
            AssertIsGuessing(report.Find(question, ShortcutSource.Text)!);
        }
    }

    [Fact]
    public void Run_reads_tumour_off_the_writing_within_one_modality_alone()
    {
        var report = Probe(Samples(400, (label, random) => Facts(random, text: label == 1)));

        Assert.InRange(report.Find(ShortcutQuestion.CtTumour, ShortcutSource.Text)!.Accuracy, 0.98, 1);
        AssertIsGuessing(report.Find(ShortcutQuestion.MriTumour, ShortcutSource.Text)!);
        AssertIsGuessing(report.Find(ShortcutQuestion.CtTumour, ShortcutSource.File)!);
    }

    [Fact]
    public void Run_finds_nothing_where_there_is_nothing()
    {
        var report = Probe(Samples(400, (_, random) => Facts(random)));

        Assert.Equal(15, report.Results.Count);
        Assert.All(report.Results, AssertIsGuessing);
    }

    [Fact]
    public void Run_does_not_let_copies_answer_for_each_other()
    {
        // Each scan has four copies and a border of its own that says nothing of its label.
        var random = new Random(3);
        var samples = new List<ShortcutSample>();
        for (int scan = 0; scan < 120; scan++)
        {
            var facts = Facts(random);
            for (int copy = 0; copy < 4; copy++)
                samples.Add(new ShortcutSample(Labels[scan % 2], $"scan {scan}", facts with { Sha256 = $"{scan}-{copy}" }));
        }

        var grouped = Probe(samples).Find(ShortcutQuestion.Label, ShortcutSource.Border)!;
        var leaking = Probe([.. samples.Select(sample => sample with { Group = sample.Facts.Sha256 })])
            .Find(ShortcutQuestion.Label, ShortcutSource.Border)!;

        Assert.Equal(120, grouped.Groups);
        AssertIsGuessing(grouped);
        Assert.InRange(leaking.Accuracy, 0.95, 1);
        Assert.True(grouped.AccuracyHigh - grouped.AccuracyLow > leaking.AccuracyHigh - leaking.AccuracyLow);
    }

    [Fact]
    public void Run_gives_the_same_report_for_the_same_seed_in_any_order()
    {
        var samples = Samples(100, (label, random) => Facts(random, text: label == 1 && random.Next(2) == 0));
        var shuffled = samples.ToArray();
        new Random(9).Shuffle(shuffled);

        var results = Probe(samples, seed: 4).Results;

        Assert.Equal(results, Probe(shuffled, seed: 4).Results);
        Assert.NotEqual(results, Probe(samples, seed: 5).Results);
    }

    [Fact]
    public void Run_tells_majority_and_chance()
    {
        var samples = Samples(90, (_, random) => Facts(random)).Where((sample, i) => sample.Label != "ct_tumor" || i % 3 == 0)
            .ToList();
        int tumour = samples.Count(sample => sample.Label == "ct_tumor");
        int ct = tumour + samples.Count(sample => sample.Label == "ct_healthy");

        var result = Probe(samples).Find(ShortcutQuestion.CtTumour, ShortcutSource.All)!;

        Assert.Equal(ct, result.Images);
        Assert.Equal(1 - (double)tumour / ct, result.MajorityRate, 1e-9);
        Assert.Equal(0.5, result.BalancedChance);
    }

    [Fact]
    public void Run_leaves_out_what_cannot_be_answered()
    {
        Assert.Empty(Probe([]).Results);

        // Three groups with a tumour are too few for five folds.
        var few = Samples(40, (_, random) => Facts(random)).Where(sample => sample.Label == "ct_healthy")
            .Concat(Samples(3, (_, random) => Facts(random)).Where(sample => sample.Label == "ct_tumor"));
        Assert.Empty(Probe([.. few]).Results);

        var foreign = Samples(40, (_, random) => Facts(random)).Select(sample => sample with { Label = "x" + sample.Label });
        Assert.All(Probe([.. foreign]).Results, result => Assert.Equal(ShortcutQuestion.Label, result.Question));
    }

    private static ShortcutReport Probe(IReadOnlyList<ShortcutSample> samples, int seed = 1) =>
        ShortcutProbe.Run(samples, seed, cancellation: TestContext.Current.CancellationToken);

    /// <summary>The majority rate lies in the interval, or above it.</summary>
    private static void AssertIsGuessing(ShortcutResult result)
    {
        Assert.False(result.IsShortcut);
        Assert.InRange(result.BalancedAccuracy, result.BalancedChance - 0.12, result.BalancedChance + 0.12);
    }

    private static List<ShortcutSample> Samples(int count, Func<int, Random, ImageFacts> facts)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(i => new ShortcutSample(
            Labels[i % Labels.Length], $"group {i}", facts(i % Labels.Length, random) with { Sha256 = $"{i}" }))];
    }

    private static ImageFacts Facts(Random random, bool text = false)
    {
        var features = new float[SurroundingsColumns.Count];
        for (int i = 0; i < SurroundingsColumns.BorderCount; i++) features[i] = random.NextSingle();
        if (text) features[SurroundingsColumns.BorderCount] = 0.5f;
        return new ImageFacts(
            "", 200 + random.Next(100), 200 + random.Next(100), "L", "png",
            new SurroundingsFacts(true, 0.5, text, features), [])
        {
            Fingerprint = new Fingerprint(0, 0, []),
        };
    }
}
