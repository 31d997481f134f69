using System.Diagnostics;
using System.Text.Json;

namespace Gyrus.Bench.Load;

/// <summary><c>gyrus serve</c> as a process of its own, with a new SQLite record.</summary>
internal sealed class RunningService : IDisposable
{
    private const string Begin = "listening on ";
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gyrus-bench-service-");
    private readonly Process _process;

    /// <param name="program">The program <c>gyrus</c>.</param>
    /// <param name="model">Folder of the model package.</param>
    public RunningService(string program, string model)
    {
        _process = Process.Start(new ProcessStartInfo(
            program, ["serve", "--urls", "http://127.0.0.1:0", "--model", model, "--data", _data.FullName])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var message = JsonDocument.Parse(line).RootElement.GetProperty("Message").GetString()!;
            if (!message.StartsWith(Begin, StringComparison.Ordinal)) continue;
            Classify = new Uri(message[Begin.Length..] + "/v1/classify");
            // The service would wait for ever on a full pipe.
            _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return;
        }
        throw new InvalidOperationException("the service ended before it listened");
    }

    /// <summary>Where images go.</summary>
    public Uri Classify { get; }

    /// <summary>Memory that the process holds, in MB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _data.Delete(recursive: true);
    }
}
