using System.Globalization;
using Gyrus.Data.Manifests;
using Gyrus.Evaluation.Statistics;
using Gyrus.Inference;

namespace Gyrus.Bench.Abstention;

/// <summary>
/// <c>abstention --model DIR --manifest CSV --others DIR</c>: how many heads of the manifest's test part a model refuses,
/// and how many of other images, by the folder that they are in.
/// </summary>
internal static class AbstentionBenchmark
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp"];

    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        if (Option("--model") is not { } model || Option("--manifest") is not { } path || Option("--others") is not { } others)
        {
            Console.Error.WriteLine("abstention needs --model DIR, --manifest CSV with a test part, and --others DIR with a folder a kind");
            return 2;
        }
        using var classifier = ScanClassifier.Open(model);
        var manifest = Manifest.Load(path);
        var heads = manifest.Rows.Where(row => row.Split == Split.Test).ToList();
        Console.WriteLine("| images | count | refused | 95 % interval | by the image itself |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var label in heads.GroupBy(row => row.Label).OrderBy(label => label.Key, StringComparer.Ordinal))
            Print("head, " + label.Key, Classify(classifier, label.Select(manifest.FullPath)));
        Print("**all heads**", Classify(classifier, heads.Select(manifest.FullPath)));
        var all = new List<ScanResult>();
        foreach (var kind in Directory.GetDirectories(others).Order(StringComparer.Ordinal))
        {
            var results = Classify(classifier, Directory.EnumerateFiles(kind, "*", SearchOption.AllDirectories)
                .Where(file => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal));
            Print(Path.GetFileName(kind), results);
            all.AddRange(results);
            foreach (var accepted in results.Where(result => result.Accepted))
                Console.Error.WriteLine($"accepted: {accepted.Path} as {accepted.Label!.Name}");
        }
        Print("**all others**", all);
        return 0;
    }

    private static List<ScanResult> Classify(ScanClassifier classifier, IEnumerable<string> paths) =>
        [.. classifier.Classify(paths).Where(result => result.Error is null)];

    private static void Print(string name, List<ScanResult> results)
    {
        if (results.Count == 0) return;
        int refused = results.Count(result => !result.Accepted);
        int before = results.Count(result => result.Reason is { } reason && !reason.Contains("novelty", StringComparison.Ordinal));
        var (low, high) = WilsonInterval.Of((double)refused / results.Count, results.Count);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {results.Count} | {100.0 * refused / results.Count:0.0} % | {100 * low:0.0} to {100 * high:0.0} % | {before} |"));
    }
}
