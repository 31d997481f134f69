using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Scans;
using Gyrus.Evaluation.Statistics;
using Gyrus.Imaging.Labels;
using Gyrus.Imaging.Tensors;
using Gyrus.Learning.Comparison;
using Gyrus.Learning.Heads;
using Gyrus.Learning.Runs;
using Gyrus.Learning.Training;
using Gyrus.Testing;

namespace Gyrus.Learning.Tests.Comparison;

/// <summary>Runs that nobody trained, with the answers that they would have given.</summary>
internal static class MadeUpRuns
{
    public const string TestPart = "evaluation-test";

    /// <summary>What a run of two epochs leaves.</summary>
    public static RunRecord Record(string manifest = "dataset.csv") => new(
        RunRecord.CurrentFormatVersion,
        new RunRecipe(
            "resnet50", new Preprocessing(224, ResampleKernel.Bilinear, Normalisation.Caffe), Float16: false, HeadOptions.Published, new TrainingOptions(),
            FineTune: null, Hash('a'), Hash('b'), Hash('c')),
        manifest,
        "made up",
        "1.0.0",
        new Dictionary<string, string> { ["dotnet"] = "10.0.0" },
        new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Seconds: 2,
        [Epoch(1, 0.9), Epoch(2, 0.5)],
        Epoch(2, 0.5),
        [Hash('d')],
        [Hash('e')]);

    public static EpochRecord Epoch(int number, double loss) => new(
        number, new PartFigures(loss / 2, 0.8, 0.9), new PartFigures(loss, 1 - (loss / 4), 0.75), Seconds: 1);

    public static string Hash(char digit) => new(digit, 64);

    /// <summary>Answers of a model that is mostly right, with six digits as its file has them. The same seed gives the same images and, with the same
    /// strength, the same answers; <paramref name="noise"/> changes answers alone.</summary>
    public static ScoredScan[] Answers(int count, int seed, double strength = 6, int noise = 0)
    {
        var labels = PublishedLabels.Set;
        var (images, changes) = (new Random(seed), new Random(noise));
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int truth = images.Next(labels.Count);
            double[] logits = [.. Enumerable.Range(0, labels.Count).Select(_ => images.NextDouble() * 4)];
            logits[truth] += images.NextDouble() * strength;
            if (noise != 0) logits[changes.Next(labels.Count)] += changes.NextDouble() * 3;
            double sum = logits.Sum(Math.Exp);
            float[] probabilities = [.. logits.Select(logit => (float)Math.Round(Math.Exp(logit) / sum, 6))];
            return new ScoredScan($"scan-{i:0000}.png", i.ToString("x64"), truth, probabilities) { Labels = labels };
        })];
    }

    /// <summary>Writes a run with its answers into a folder.</summary>
    public static string Write(TempFolder folder, string name, RunRecord record, IReadOnlyList<ScoredScan>? answers = null)
    {
        record.Save(folder.File(name));
        if (answers is not null)
        {
            var lines = answers.Select(scan => FormattableString.Invariant(
                $"{scan.Path},{scan.Sha256},{scan.Labels[scan.Truth].Name},{scan.Labels[scan.Answer()].Name},{scan.TumourProbability:F6},")
                + string.Join(',', scan.Probabilities.Select(value => FormattableString.Invariant($"{value:F6}"))));
            AtomicFile.WriteText(
                Path.Combine(folder.File(name), TestPart, "predictions.csv"),
                $"path,sha256,label,predicted,tumour,{string.Join(',', answers[0].Labels.Names)}\n{string.Join('\n', lines)}\n");
        }
        return folder.File(name);
    }

    /// <summary>Writes a manifest of the images, by groups of so many.</summary>
    public static string WriteManifest(TempFolder folder, IReadOnlyList<ScoredScan> scans, int groupSize)
    {
        static ManifestRow Row(ScoredScan scan, string group) =>
            new(scan.Path, scan.Sha256, scan.Labels[scan.Truth].Name, Split.Test, 8, 8, "L", Split.None) { Group = group };
        new Manifest(folder.Path, [.. scans.Select((scan, i) => Row(scan, $"g{i / groupSize}"))]).Save(folder.File("dataset.csv"));
        return folder.File("dataset.csv");
    }

    public static AnswerComparison Compare(string[] runs, string? groups = null, BootstrapOptions? intervals = null) =>
        AnswerComparison.Of(ComparedRun.Open(runs), TestPart, groups, 0.5, intervals ?? new BootstrapOptions(Resamples: 400));

    public static ComparedFigure Named(AnswerComparison comparison, string name) => comparison.Figures.Single(figure => figure.Name == name);
}
