using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Gyrus.Data.Manifests;
using Gyrus.Imaging.Labels;
using Gyrus.Inference;

namespace Gyrus.Bench.Int8;

/// <summary>
/// <c>int8 --float DIR --int8 DIR --manifest CSV [--images N]</c>: one network in float32 and in eight bits, turn by turn on
/// the test part: the time of an image from file to answer at batch 8 with 2 workers, and how good and how alike the answers
/// are. Prints a table and a line of JSON.
/// </summary>
internal static class Int8Benchmark
{
    private const int TurnSize = 64;
    private static readonly ClassifierOptions Options = new(BatchSize: 8, Workers: 2);

    public static int Run(string[] args)
    {
        string? Option(string name) =>
            Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
        string Required(string name) => Option(name) ?? throw new GyrusException($"int8 needs {name}.");
        var manifest = Manifest.Load(Required("--manifest"));
        int count = int.Parse(Option("--images") ?? "0", CultureInfo.InvariantCulture);
        var rows = Evenly([.. manifest.Rows.Where(row => row.Split == Split.Test)], count);
        if (rows.Length == 0) throw new GyrusException("The manifest has no test part.");

        using var whole = ScanClassifier.Open(Required("--float"), Options);
        using var bytes = ScanClassifier.Open(Required("--int8"), Options);
        Side[] sides = [new("float", whole), new("int8", bytes)];
        string[] paths = [.. rows.Select(manifest.FullPath)];
        foreach (var side in sides) _ = side.Classifier.Classify(paths.Take(TurnSize)).Count();
        foreach (var (turn, chunk) in paths.Chunk(TurnSize).Index())
        {
            // Who goes first finds the files cold.
            foreach (var side in turn % 2 == 0 ? sides : sides.Reverse()) side.Take(chunk);
        }
        Report(rows, sides[0], sides[1]);
        return 0;
    }

    private static void Report(ManifestRow[] rows, Side whole, Side bytes)
    {
        var readable = Enumerable.Range(0, rows.Length)
            .Where(i => whole.Results[i].Error is null && bytes.Results[i].Error is null).ToList();
        double Share(Func<int, bool> isSo) => (double)readable.Count(isSo) / readable.Count;
        Figures Of(Side side) => new(
            side.Milliseconds / rows.Length,
            Share(i => side.Results[i].Label!.Name == rows[i].Label),
            Share(i => side.Results[i].Tumour >= 0.5 == PublishedLabels.Set[PublishedLabels.Set.IndexOf(rows[i].Label)].IsTumour == true));
        Console.WriteLine("| | ms an image | accuracy, seven labels | accuracy, tumour or healthy |\n| --- | --- | --- | --- |");
        foreach (var side in new[] { whole, bytes })
        {
            var figures = Of(side);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {side.Name} | {figures.MsPerImage:0.0} | {figures.Accuracy:0.0000} | {figures.TumourAccuracy:0.0000} |"));
        }
        var ratios = whole.Turns.Zip(bytes.Turns, (first, second) => first / second).Order().ToList();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            images = readable.Count,
            unreadable = rows.Length - readable.Count,
            @float = Of(whole),
            int8 = Of(bytes),
            timesAsFast = whole.Milliseconds / bytes.Milliseconds,
            timesAsFastMedianTurn = ratios[ratios.Count / 2],
            otherLabel = readable.Count(i => whole.Results[i].Label != bytes.Results[i].Label),
            otherDecision = readable.Count(i => whole.Results[i].Tumour >= 0.5 != bytes.Results[i].Tumour >= 0.5),
            largestTumourDifference = readable.Max(i => Math.Abs(whole.Results[i].Tumour!.Value - bytes.Results[i].Tumour!.Value)),
        }, JsonSerializerOptions.Web));
    }

    private static ManifestRow[] Evenly(ManifestRow[] all, int count)
    {
        int taken = count == 0 ? all.Length : Math.Min(count, all.Length);
        return [.. Enumerable.Range(0, taken).Select(i => all[(int)((long)i * all.Length / taken)])];
    }

    private sealed record Figures(double MsPerImage, double Accuracy, double TumourAccuracy);

    private sealed record Side(string Name, ScanClassifier Classifier)
    {
        public List<ScanResult> Results { get; } = [];

        public List<double> Turns { get; } = [];

        public double Milliseconds => Turns.Sum();

        public void Take(string[] paths)
        {
            var clock = Stopwatch.StartNew();
            Results.AddRange(Classifier.Classify(paths));
            Turns.Add(clock.Elapsed.TotalMilliseconds);
        }
    }
}
