using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Gyrus.Models;

namespace Gyrus.Bench.Classify;

/// <summary>
/// <c>start --gyrus PATH [--model DIR] [--image FILE] [--runs N]</c>: the time from the start of the program to its answer for one image, turn by turn with a program in C that loads the same network
/// with ONNX Runtime and computes it once; and the limit that follows from the time of the network alone. The program is a <c>gyrus</c> or a <c>gyrus.dll</c>; several <c>--gyrus</c> are set side by side.
/// Each has a cache of its own, filled by a run before.
/// </summary>
internal static class StartBenchmark
{
    private const double TimesTheNetwork = 2.5;
    private const double Allowance = 250;

    public static int Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        string[] programs = [.. args.Zip(args.Skip(1)).Where(pair => pair.First == "--gyrus").Select(pair => pair.Second)];
        if (programs.Length == 0) throw new GyrusException("start needs --gyrus PATH: a program that was built or published.");
        int runs = int.Parse(Option("--runs") ?? "20", CultureInfo.InvariantCulture);
        using var made = new MadeUpInputs();
        var package = ModelPackage.Load(Option("--model") ?? made.Model());
        var image = Option("--image") ?? made.Images(1)[0];
        var folder = Directory.CreateTempSubdirectory("gyrus-start-").FullName;
        try
        {
            Measure(programs, package, image, runs, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        return 0;
    }

    private static void Measure(string[] programs, ModelPackage package, string image, int runs, string folder)
    {
        var raw = CompiledRaw(folder);
        ProcessStartInfo Raw(int times) => new(raw,
        [
            package.OnnxPath, package.Description.Outputs.Input, package.Description.Outputs.Logits,
            package.Description.Preprocessing.Size.ToString(CultureInfo.InvariantCulture), times.ToString(CultureInfo.InvariantCulture),
        ]);
        ProcessStartInfo Gyrus(int program) => Started(programs[program], Path.Combine(folder, $"cache-{program}"), ["classify", image, "--model", package.Folder, "--format", "json"]);
        var network = Lines(Raw(times: 30)).Skip(5).Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToList();
        foreach (var program in Enumerable.Range(0, programs.Length)) ToFirstLine(Gyrus(program));
        var times = Enumerable.Range(0, programs.Length + 1).Select(_ => new List<double>()).ToArray();
        for (int run = 0; run < runs; run++)
        {
            for (int program = 0; program < programs.Length; program++) times[program].Add(ToFirstLine(Gyrus(program)));
            times[^1].Add(ToFirstLine(Raw(times: 1)));
        }
        double alone = Median(network), limit = (TimesTheNetwork * alone) + Allowance;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"model {package.Description.Name}, one image, {runs} runs in turn; the network alone on one thread {alone:0} ms, so the limit is {limit:0} ms"));
        Console.WriteLine("| from process start to the answer | ms, median | least | most | of the limit |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var (name, all) in programs.Append("ONNX Runtime in C, to the end of one run").Zip(times))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(all):0} | {all.Min():0} | {all.Max():0} | {Median(all) / limit:0.00} |"));
    }

    /// <summary>Compiles the program in C against the header of ONNX Runtime's package and the library beside this program.</summary>
    private static string CompiledRaw(string folder)
    {
        string Told(string key) => typeof(StartBenchmark).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == key).Value!;
        var library = Directory.GetFiles(AppContext.BaseDirectory, "libonnxruntime.so", SearchOption.AllDirectories)
            .First(path => path.Contains("linux-x64", StringComparison.Ordinal) || Path.GetDirectoryName(path) + "/" == AppContext.BaseDirectory);
        var (source, program) = (Path.Combine(folder, "raw_start.c"), Path.Combine(folder, "raw_start"));
        using (var text = typeof(StartBenchmark).Assembly.GetManifestResourceStream("raw_start.c")!)
        using (var file = File.Create(source))
            text.CopyTo(file);
        // The library asks for itself by its version's name.
        File.CreateSymbolicLink(Path.Combine(folder, "libonnxruntime.so.1"), library);
        Lines(new ProcessStartInfo("cc", ["-O2", "-o", program, source, "-I", Path.Combine(Told("OnnxRuntimePackage"), "build/native/include"), library, $"-Wl,-rpath,{folder}"]));
        return program;
    }

    private static ProcessStartInfo Started(string program, string cache, string[] arguments)
    {
        var start = program.EndsWith(".dll", StringComparison.Ordinal) ? new ProcessStartInfo("dotnet", [program, .. arguments]) : new ProcessStartInfo(program, arguments);
        start.Environment["GYRUS_CACHE"] = cache;
        return start;
    }

    private static double ToFirstLine(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine();
        double time = clock.Elapsed.TotalMilliseconds;
        process.WaitForExit();
        return line is not null && process.ExitCode == 0 ? time : throw new InvalidOperationException($"{start.FileName} gave no answer");
    }

    private static string[] Lines(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidOperationException($"{start.FileName} failed");
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
