using System.Diagnostics;
using System.Globalization;
using Gyrus.Data.Copies;

namespace Gyrus.Bench.Copies;

/// <summary>
/// <c>copies --images DIR [--searches 10000,100000] [--forests 10000,100000,1000000] [--queries 2000]</c>: how the time
/// that the search for copies takes grows with the number of fingerprints. Real ones come first, mixtures of real ones
/// where they end.
/// </summary>
/// <remarks>Times are the processor's, of all threads, so that other work on the machine counts little. A search holds
/// about 30 kB a fingerprint, a forest 0.8 kB; a million are measured by the forest, which alone grows with their
/// number: what follows a query is as much work however many there are.</remarks>
internal static class CopyGrowth
{
    private const int Trees = 8;
    private const int Rounds = 3;

    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        int[] Sizes(string name, string byDefault) =>
            [.. (Option(name) ?? byDefault).Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        if (Option("--images") is not { } folder)
        {
            Console.Error.WriteLine("copies needs --images DIR, a folder of scans");
            return 2;
        }
        int queries = int.Parse(Option("--queries") ?? "2000", CultureInfo.InvariantCulture);
        var many = new ManyFingerprints(folder);
        Console.WriteLine($"{many.Real} real images, {Environment.ProcessorCount} cores, {queries} queries");
        Print("candidates: index and search", Sizes("--searches", "10000,100000"), size => Search(many, size, queries));
        Print("the forest alone", Sizes("--forests", "10000,100000,1000000"), size => Forest(many, size, queries));
        return 0;
    }

    private static void Print(string what, int[] sizes, Func<int, Cost> measure)
    {
        Console.WriteLine();
        Console.WriteLine($"| {what}, fingerprints | build, s | ms a query | all, ms a fingerprint | exponent |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        (int Size, double All)? last = null;
        foreach (int size in sizes)
        {
            var (build, query) = measure(size);
            double all = build + (query * size);
            double? exponent = last is var (before, allBefore)
                ? Math.Log(all / allBefore) / Math.Log((double)size / before) : null;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {size} | {build:0.00} | {1000 * query:0.000} | {1000 * all / size:0.000} | {exponent:0.00} |"));
            last = (size, all);
        }
    }

    private static Cost Search(ManyFingerprints many, int size, int queries)
    {
        var views = new CopyView[size];
        Parallel.For(0, size, i => views[i] = CopyView.Of(many.Picture(i)));
        CandidateSearch? search = null;
        double build = Time(() => search = new CandidateSearch(views));
        Console.Error.WriteLine($"{size}: {Environment.WorkingSet >> 20} MB");
        double asked = Time(() => Parallel.ForEach(
            Spread(size, queries), () => new CandidateSearch.Scratch(size), (i, _, scratch) =>
            {
                search!.Find(i, scratch);
                return scratch;
            }, _ => { }));
        return new Cost(build, asked / queries);
    }

    private static Cost Forest(ManyFingerprints many, int size, int queries)
    {
        var vectors = many.Vectors(size);
        VectorForest? forest = null;
        double build = Time(() => forest = new VectorForest(vectors, PolarSpectrum.Length, Trees, 1));
        var seen = new int[size];
        int stamp = 0, found = 0;
        double asked = Time(() =>
        {
            foreach (int i in Spread(size, queries))
            {
                forest!.Query(
                    vectors.AsSpan(i * PolarSpectrum.Length, PolarSpectrum.Length), seen, ++stamp, (_, _) => found++);
            }
        });
        Console.Error.WriteLine($"{size}: {found / (Rounds * queries)} looked at by a query");
        return new Cost(build, asked / queries);
    }

    private static IEnumerable<int> Spread(int size, int count) =>
        Enumerable.Range(0, count).Select(i => (int)((long)i * size / count));

    /// <summary>Seconds of the processor, the least of some rounds.</summary>
    private static double Time(Action work)
    {
        using var process = Process.GetCurrentProcess();
        return Enumerable.Range(0, Rounds).Min(_ =>
        {
            GC.Collect();
            process.Refresh();
            var before = process.TotalProcessorTime;
            work();
            process.Refresh();
            return (process.TotalProcessorTime - before).TotalSeconds;
        });
    }

    private readonly record struct Cost(double Build, double Query);
}
