using System.Globalization;
using Gyrus.Inference;
using Gyrus.Inference.HeatMaps;
using Gyrus.Models;

namespace Gyrus.Bench.Classify;

/// <summary>
/// <c>heatmaps [--model DIR | --labels N] [--images DIR] [--count N] [--rounds N]</c>: what heat maps cost, files and all: the
/// classifier with and without them on the same images, turn by turn. With <c>--labels</c> the model is a made-up one of so many labels,
/// and the maps are of the label that each image is given.
/// </summary>
internal static class HeatMapBenchmark
{
    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        int count = int.Parse(Option("--count") ?? "64", CultureInfo.InvariantCulture);
        int rounds = int.Parse(Option("--rounds") ?? "5", CultureInfo.InvariantCulture);
        using var made = new MadeUpInputs();
        var package = ModelPackage.Load(Option("--model")
            ?? (Option("--labels") is { } labels ? made.Model(int.Parse(labels, CultureInfo.InvariantCulture)) : made.Model()));
        var images = ImageFolder.Evenly(
            Option("--images") is { } folder ? ImageFolder.Images(folder) : made.Images(count), count);
        var maps = Directory.CreateTempSubdirectory("gyrus-bench-maps-");
        try
        {
            using var classifier = ScanClassifier.Open(package.Folder);
            Turn Time(HeatMapOptions? heatMaps) => Turn.Measure(images.Length, () =>
            {
                foreach (var result in classifier.Classify(images, heatMaps: heatMaps))
                {
                    if (result.Error is not null) throw new InvalidOperationException(result.Error);
                }
            });

            var with = new HeatMapOptions(maps.FullName);
            Time(with); // Code is compiled and files are read once before it counts.
            var (plain, drawn) = (new List<Turn>(), new List<Turn>());
            for (int round = 0; round < rounds; round++)
            {
                plain.Add(Time(null));
                drawn.Add(Time(with));
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"model {package.Description.Name}, {images.Length} images, {rounds} rounds, {Environment.ProcessorCount} cores"));
            Print("wall clock", plain, drawn, turn => 1000 / turn.Rate);
            Print("processor time", plain, drawn, turn => turn.Cpu);
            return 0;
        }
        finally
        {
            maps.Delete(recursive: true);
        }
    }

    /// <summary>Milliseconds an image, and the extra share: the median over rounds, since both sides of a round ran under
    /// much the same load.</summary>
    private static void Print(string what, List<Turn> plain, List<Turn> drawn, Func<Turn, double> cost)
    {
        var extra = plain.Zip(drawn, (without, with) => (cost(with) / cost(without)) - 1).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what}: {plain.Select(cost).Order().ElementAt(plain.Count / 2):0.0} ms an image plain, ")
            + string.Create(CultureInfo.InvariantCulture,
            $"{drawn.Select(cost).Order().ElementAt(drawn.Count / 2):0.0} ms with heat maps; extra {extra[extra.Length / 2]:P1} ")
            + string.Create(CultureInfo.InvariantCulture, $"({extra[0]:P1} to {extra[^1]:P1})"));
    }
}
