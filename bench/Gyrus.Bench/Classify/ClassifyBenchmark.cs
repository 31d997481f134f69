using System.Globalization;
using Gyrus.Inference;
using Gyrus.Models;

namespace Gyrus.Bench.Classify;

/// <summary>
/// <c>classify [--model DIR] [--images DIR] [--count N] [--rounds N]</c>: the throughput of the
/// classifier on files against ONNX Runtime's own on ready tensors, with the same model, turn by turn.
/// </summary>
/// <remarks>Not a BenchmarkDotNet benchmark: the ratio only means something where both sides take turns under the same
/// load.</remarks>
internal static class ClassifyBenchmark
{
    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        int count = int.Parse(Option("--count") ?? "96", CultureInfo.InvariantCulture);
        int rounds = int.Parse(Option("--rounds") ?? "5", CultureInfo.InvariantCulture);
        using var made = new MadeUpInputs();
        var package = ModelPackage.Load(Option("--model") ?? made.Model());
        var images = ImageFolder.Evenly(
            Option("--images") is { } folder ? ImageFolder.Images(folder) : made.Images(count), count);
        Console.WriteLine($"model {package.Description.Name}, {images.Length} images, {Environment.ProcessorCount} cores");

        Throughput(package, images, rounds);
        return 0;
    }

    private static void Throughput(ModelPackage package, string[] images, int rounds)
    {
        var runs = new Dictionary<string, Func<Turn>>();
        foreach (var (threads, callers, batch) in RawRuntime.Ways())
        {
            runs.Add($"ONNX Runtime, {callers} x {threads} threads, batch {batch}",
                () => RawRuntime.Time(package, threads, callers, batch, images.Length));
        }
        foreach (var batch in (int[])[1, 4, 8])
        {
            runs.Add($"gyrus, batch {batch}", () => TimeClassifier(package, images, batch));
        }

        var turns = runs.ToDictionary(run => run.Key, _ => new List<Turn>());
        for (int round = 0; round < rounds; round++)
        {
            foreach (var (name, run) in runs) turns[name].Add(run());
        }
        var raw = turns.Where(t => t.Key.StartsWith("ONNX", StringComparison.Ordinal)).ToList();
        var best = raw.Max(t => Median(t.Value.Select(turn => turn.Rate)));
        var least = raw.Min(t => Median(t.Value.Select(turn => turn.Cpu)));
        Console.WriteLine("| way | images/s, median | lowest | highest | of the best raw | CPU ms an image | least raw CPU / it |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, all) in turns)
        {
            var rates = all.Select(turn => turn.Rate).ToList();
            var cpu = Median(all.Select(turn => turn.Cpu));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {Median(rates):0.0} | {rates.Min():0.0} | {rates.Max():0.0} | {Median(rates) / best:0.00} ")
                + string.Create(CultureInfo.InvariantCulture, $"| {cpu:0.0} | {least / cpu:0.00} |"));
        }
    }

    private static Turn TimeClassifier(ModelPackage package, string[] images, int batch)
    {
        using var classifier = ScanClassifier.Open(package.Folder, new ClassifierOptions(batch));
        return Turn.Measure(images.Length, () =>
        {
            foreach (var result in classifier.Classify(images))
            {
                if (result.Error is not null) throw new InvalidOperationException(result.Error);
            }
        });
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
