using System.Diagnostics;
using System.Globalization;
using Gyrus.Bench.Classify;

namespace Gyrus.Bench.Load;

/// <summary>
/// <c>load --gyrus PATH --model DIR --images DIR [--count N] [--rounds N] [--minutes N]</c>: the service beside <c>gyrus
/// classify</c> on the same images, turn by turn; how long an answer takes at half of what the service can do; what four times
/// that gives; and its memory over so many minutes of the half. The client runs on the same machine.
/// </summary>
internal static class LoadBenchmark
{
    private const int AtATime = 16;
    private static readonly TimeSpan Half = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Overload = TimeSpan.FromSeconds(30);

    public static async Task<int> Run(string[] args)
    {
        string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
        string Need(string name) => Option(name) ?? throw new ArgumentException($"{name} is missing");
        int Number(string name, int usual) => Option(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
        var paths = ImageFolder.Evenly(ImageFolder.Images(Need("--images")), Number("--count", 480));
        var images = paths.Select(File.ReadAllBytes).ToList();
        using var service = new RunningService(Need("--gyrus"), Need("--model"));
        using var client = new Client(service.Classify, images);
        await client.AsFastAsItGoes(AtATime); // Code is compiled once before it counts.

        var (commands, services) = (new List<double>(), new List<double>());
        for (int round = 0; round < Number("--rounds", 5); round++)
        {
            commands.Add(Command(Need("--gyrus"), Need("--model"), paths));
            services.Add(await client.AsFastAsItGoes(AtATime));
        }
        double capacity = Middle(services);
        var ratios = commands.Zip(services, (command, served) => served / command).Order().ToArray();
        Print($"{paths.Length} images, {Environment.ProcessorCount} cores");
        Print($"gyrus classify: {Middle(commands):0.0} images a second; /v1/classify: {capacity:0.0}");
        Print($"of it: {Middle(ratios):0.00} ({ratios[0]:0.00} to {ratios[^1]:0.00})");

        Tell("half", capacity / 2, await client.AtRandom(capacity / 2, Half, seed: 1));
        Tell("four times", 4 * capacity, await client.AtRandom(4 * capacity, Overload, seed: 2));
        Tell("half, after that", capacity / 2, await client.AtRandom(capacity / 2, Overload, seed: 3));

        Print($"memory: {service.Memory:0} MB");
        for (int minute = 1; minute <= Number("--minutes", 0); minute++)
        {
            var answers = await client.AtRandom(capacity / 2, TimeSpan.FromMinutes(1), seed: 10 + minute);
            int good = answers.Count(answer => answer.Status == 200);
            Print($"minute {minute}: {service.Memory:0} MB, {good} of {answers.Length} answered");
        }
        return 0;
    }

    /// <summary>Images a second of the whole command, its start included.</summary>
    private static double Command(string program, string model, string[] paths)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, ["classify", "-", "--model", model, "--format", "json"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        foreach (var path in paths) process.StandardInput.WriteLine(path);
        process.StandardInput.Close();
        process.WaitForExit();
        return paths.Length / clock.Elapsed.TotalSeconds;
    }

    private static void Tell(string what, double rate, Answered[] answers)
    {
        var times = answers.Where(answer => answer.Status == 200).Select(answer => answer.Milliseconds).Order().ToArray();
        var statuses = answers.GroupBy(answer => answer.Status).OrderBy(group => group.Key)
            .Select(group => $"{(group.Key == 0 ? "no answer" : group.Key)}: {group.Count()}");
        double most = times[(int)(0.99 * (times.Length - 1))];
        Print($"{what} ({rate:0.0} a second): {string.Join(", ", statuses)}");
        Print($"    median {Middle(times):0} ms, 99 % within {most:0} ms, longest {times[^1]:0} ms");
    }

    private static double Middle(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
