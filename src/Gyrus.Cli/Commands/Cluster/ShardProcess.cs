using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gyrus.Cli.Terminal;
using Gyrus.Cluster.Jobs;
using Gyrus.Cluster.Work;
using Gyrus.DicomWeb;

namespace Gyrus.Cli.Commands.Cluster;

/// <summary>Answers a shard as <c>gyrus classify</c> does, in a process of its own.</summary>
internal static class ShardProcess
{
    // What a shell says where a signal ended a program: 128 and the signal's number.
    private const int FirstOfSignals = 129;

    /// <summary>Runs the process.</summary>
    /// <exception cref="GyrusException">It ended by its own will and without answers.</exception>
    public static async Task<IsolatedOutcome> Run(IsolatedShard shard, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("gyrus-shard-");
        try
        {
            var file = Path.Combine(folder.FullName, "answers.jsonl");
            using var process = Start(Arguments(shard, file));
            try
            {
                // Both are read while it runs: it would wait for ever on a full pipe.
                var output = process.StandardOutput.ReadToEndAsync(cancellation);
                var error = process.StandardError.ReadToEndAsync(cancellation);
                await Name(process.StandardInput.BaseStream, shard);
                await process.WaitForExitAsync(cancellation);
                await output;
                int code = process.ExitCode;
                if (code is ExitCode.Success or ExitCode.SomeUnreadable) return new(Answers(await File.ReadAllBytesAsync(file, cancellation)), Crash: null);
                var last = Last(await error);
                return code is < 0 or >= FirstOfSignals ? new(Answers: null, string.Create(CultureInfo.InvariantCulture, $"exit code {code}. {last.TrimEnd('.')}")) : throw new GyrusException(last);
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(IEnumerable<string> arguments)
    {
        var program = Program();
        var start = new ProcessStartInfo(program ?? "dotnet", program is not null ? arguments : [typeof(ShardProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new GyrusException($"{start.FileName}: cannot be started ({e.Message}).", e);
        }
    }

    /// <summary>This program; null where it is 'dotnet gyrus.dll'.</summary>
    private static string? Program()
    {
        var name = typeof(ShardProcess).Assembly.GetName().Name!;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == name) return Environment.ProcessPath;
        var beside = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
        return File.Exists(beside) ? beside : null;
    }

    private static List<string> Arguments(IsolatedShard shard, string file)
    {
        var options = shard.Request.Options;
        List<string> arguments =
        [
            "classify", options.Archive ?? "-", "--level", options.Level.ToString().ToLowerInvariant(), "--model", shard.Package, "--out", file,
            "--views", options.Views.ToString(CultureInfo.InvariantCulture),
        ];
        if (options.Threshold is { } threshold) arguments.AddRange(["--threshold", threshold.ToString("R", CultureInfo.InvariantCulture)]);
        if (options is { WindowCentre: { } centre, WindowWidth: { } width }) arguments.AddRange(["--window", string.Create(CultureInfo.InvariantCulture, $"{centre:R},{width:R}")]);
        if (options.Archive is not null) arguments.AddRange(shard.Files.SelectMany(address => (string[])["--study", ArchiveStudies.UidOf(address)]));
        return arguments;
    }

    private static async Task Name(Stream input, IsolatedShard shard)
    {
        try
        {
            await using (input)
            {
                if (shard.Request.Options.Archive is null) await input.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(shard.Files.Select(file => file + '\0'))));
            }
        }
        catch (IOException)
        {
            // It has ended: how, its exit code says.
        }
    }

    private static ShardAnswers Answers(byte[] lines)
    {
        int images = 0, errors = 0;
        for (var rest = lines.AsMemory(); !rest.IsEmpty; images++)
        {
            int end = rest.Span.IndexOf((byte)'\n');
            if (JsonElement.Parse(rest.Span[..end]).TryGetProperty("error", out _)) errors++;
            rest = rest[(end + 1)..];
        }
        return new(PackedText.Pack(lines), images, errors);
    }

    private static string Last(string error) => error.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it says nothing";
}
