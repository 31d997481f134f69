using System.Globalization;
using System.Text.Json;
using Gyrus.Data.Manifests;
using Gyrus.Inference;

namespace Gyrus.Bench.Shortcuts;

/// <summary>
/// <c>shortcuts --model DIR --manifest CSV [--images 300] [--seed 1] [--workers N] [--pictures DIR]
/// [--format table|json]</c>: whether a model reads the writing instead of the brain. Writing is laid beside the head of
/// healthy CT and taken off CT of tumours; the head's pixels stay, so no answer should change.
/// </summary>
internal static class ShortcutBenchmark
{
    private const int PicturesOfAKind = 3;

    private static readonly JsonSerializerOptions Json =
        new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        int Number(string name, string byDefault) => int.Parse(Option(name) ?? byDefault, CultureInfo.InvariantCulture);
        if (Option("--model") is not { } model || Option("--manifest") is not { } manifest)
        {
            Console.Error.WriteLine("shortcuts needs --model DIR, a model package, and --manifest CSV, a split data set");
            return 2;
        }
        var folder = Directory.CreateTempSubdirectory("gyrus-bench-shortcuts-");
        try
        {
            using var classifier = ScanClassifier.Open(model, new ClassifierOptions(Workers: Number("--workers", "0")));
            var changed = new ChangedScans(
                Manifest.Load(manifest), Number("--images", "300"), Number("--seed", "1"), folder.FullName);
            List<ChangedScan> scans = [.. changed.Pasted(), .. changed.TakenOff()];
            var before = Classify(classifier, scans.Select(scan => scan.Path).Distinct());
            var after = Classify(classifier, scans.Select(scan => scan.ChangedPath));
            if (Option("--pictures") is { } pictures) Draw(scans, before, after, pictures);

            var trained = classifier.Package.Description.TrainingImages.ToHashSet();
            var figures = scans.GroupBy(scan => scan.Kind).Select(kind => Figures.Of(
                kind.Key,
                [.. kind.Select(scan => (scan, before[scan.Path], after[scan.ChangedPath]))], trained)).ToList();
            var name = classifier.Package.Description.Name;
            if (Option("--format") != "json") Print(name, figures);
            else Console.WriteLine(JsonSerializer.Serialize(new { Model = name, Kinds = figures }, Json));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Dictionary<string, ScanResult> Classify(ScanClassifier classifier, IEnumerable<string> paths) =>
        classifier.Classify(paths).ToDictionary(result => result.Path, result =>
            result.Error is null ? result : throw new GyrusException($"{result.Path}: {result.Error}"));

    private static void Draw(
        List<ChangedScan> scans, Dictionary<string, ScanResult> before, Dictionary<string, ScanResult> after, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var scan in scans.GroupBy(scan => scan.Kind).SelectMany(kind => kind.Take(PicturesOfAKind)))
        {
            var (from, to) = (before[scan.Path].Tumour, after[scan.ChangedPath].Tumour);
            var name = string.Create(CultureInfo.InvariantCulture,
                $"{scan.Kind.Replace(' ', '-')}-{scan.Sha256[..8]}-tumour-{from:0.00}-to-{to:0.00}.png");
            File.WriteAllBytes(Path.Combine(folder, name), scan.SideBySide());
        }
    }

    private static void Print(string model, List<Figures> figures)
    {
        Console.WriteLine($"model {model}");
        Console.WriteLine("| change | images | trained on | same head | head overlap, least | decisions changed | to tumour | labels changed "
            + "| tumour probability: mean change | signed | largest |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var f in figures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {f.Kind} | {f.Images} | {f.Trained} | {f.SameFraming} | {f.HeadOverlap:0.000}, {f.LeastHeadOverlap:0.000} ")
                + string.Create(CultureInfo.InvariantCulture, $"| {Text(f.Decisions, f.DecisionShare)} ")
                + string.Create(CultureInfo.InvariantCulture,
                $"| {f.ToTumour} | {Text(f.Labels, f.LabelShare)} | {f.MeanChange:0.000} | {f.MeanRise:+0.000;-0.000;0.000} ")
                + string.Create(CultureInfo.InvariantCulture, $"| {f.LargestChange:0.000} |"));
        }
    }

    private static string Text(int count, Figures.Share share) => string.Create(CultureInfo.InvariantCulture,
        $"{count}, {100 * share.Value:0.0} % ({100 * share.Low:0.0} to {100 * share.High:0.0})");
}
